/// One line of the kernel's process table.
struct ProcessStat: Sendable, Equatable {
  /// Its number; used again once it and its group and session are gone.
  let pid: Int32
  /// `R`, `S`, `Z`, … as in proc(5).
  let state: UInt8
  /// Its process group.
  let group: Int32
  /// Its session.
  let session: Int32
  /// How many threads it has.
  let threads: Int
  /// When it began, in clock ticks since the machine did.
  let startTicks: UInt64

  /// Whether it still does anything; a zombie only waits to be asked how it ended.
  ///
  /// The state is that of the first thread, which may end long before the others do.
  var isRunning: Bool {
    threads > 1 || (state != UInt8(ascii: "Z") && state != UInt8(ascii: "X"))
  }

  /// Reads `/proc/PID/stat`; the name in parentheses may itself contain anything.
  init?(_ text: String) {
    guard let end = text.lastIndex(of: ")"), let pid = Int32(text.prefix { $0 != " " }) else {
      return nil
    }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 19, let state = fields[0].utf8.first, let group = Int32(fields[2]),
      let session = Int32(fields[3]), let threads = Int(fields[17]),
      let startTicks = UInt64(fields[19])
    else { return nil }
    self.pid = pid
    self.state = state
    self.group = group
    self.session = session
    self.threads = threads
    self.startTicks = startTicks
  }
}
