import Glibc
import ReleaseCore

/// Where text goes and what it may look like there.
struct Terminal: Sendable {
  /// Whether steps may be drawn over: a terminal, not a pipe or a CI log.
  let isLive: Bool
  /// Whether colour may be used: only on a terminal, never with NO_COLOR.
  let hasColour: Bool

  /// Looks at standard output and the process environment.
  init(_ settings: Settings) {
    let isTerminal = isatty(1) == 1 && settings.value("TERM") != "dumb"
    isLive = isTerminal && !settings.isCI
    hasColour = isTerminal && settings.value("NO_COLOR") == nil
  }

  /// The styles in use.
  enum Style: String {
    case good = "32"
    case bad = "31"
    case faint = "2"
    case strong = "1"
    case warning = "33"
  }

  /// The text in a style, where colour may be used.
  func styled(_ text: String, _ style: Style) -> String {
    hasColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// How many columns there are; 80 when nobody knows.
  var columns: Int {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}

/// Writes a line to standard output.
func say(_ line: String = "") { emit(line + "\n", to: 1) }

/// Writes a line to standard error.
func complain(_ line: String) { emit(line + "\n", to: 2) }

/// Writes text at once: a reader of a pipe sees each line when it happens.
func emit(_ text: String, to descriptor: Int32) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written < 0, errno == EINTR { continue }
    guard written > 0 else { return }
    bytes = bytes.dropFirst(written)
  }
}
