import Git
import ReleaseCore

/// A commit for a ref of ours: what is true now, and the entries that are new.
///
/// Its tree holds only these, so a commit costs as much as what it adds; the history of the ref
/// holds them all.
struct GitRefDraft: Sendable {
  /// The file with the state.
  static let stateFile = "state"
  /// The folder with the entries, each named by its position.
  static let entryFolder = "entries/"

  /// What is true with this commit.
  let state: GitRefState
  /// The entries that are new.
  let records: [Record]
  /// The commit before it; nil for the first.
  let parent: String?
  /// The scope, for people.
  let scope: ClaimScope
  /// Who signs.
  let author: GitAuthor
  /// When.
  let at: Moment

  /// The commands that make `git fast-import` write the commit and print its id.
  func stream(to ref: String) -> [UInt8] {
    var stream = Stream()
    stream.line("feature done")
    stream.line("commit \(ref)")
    stream.line("mark :1")
    stream.line("committer \(author.signature) \(at.milliseconds / 1000) +0000")
    stream.data(Array(message.utf8))
    if let parent { stream.line("from \(parent)") }
    stream.line("deleteall")
    stream.file(Self.stateFile, state.bytes)
    for record in records { stream.file("\(Self.entryFolder)\(record.position)", record.file) }
    stream.line("")
    stream.line("get-mark :1")
    stream.line("done")
    return stream.bytes
  }

  /// For those who look with `git log`; no pipeline is to start for it.
  private var message: String {
    let news: String
    if let first = records.first, let last = records.last {
      news =
        first.position == last.position
        ? "entry \(first.position)" : "entries \(first.position) to \(last.position)"
    } else {
      news = "no entries"
    }
    let holder = state.lease.map { "held by \($0.holder) until \($0.endsAt)" } ?? "held by nobody"
    return GitWords.printable("\(scope): \(news), \(holder)") + "\n\n[skip ci]\n"
  }

  /// The language of `git fast-import`.
  private struct Stream {
    var bytes: [UInt8] = []

    mutating func line(_ text: String) { bytes += Array("\(text)\n".utf8) }

    mutating func data(_ content: [UInt8]) {
      line("data \(content.count)")
      bytes += content
      line("")
    }

    mutating func file(_ path: String, _ content: [UInt8]) {
      line("M 100644 inline \(path)")
      data(content)
    }
  }
}

/// Who is named in the commits of a journal.
struct GitAuthor: Sendable, Equatable {
  /// Name and address as git writes them.
  let signature: String

  /// Takes git's own variables where they are set.
  init(_ variables: [String: String]) {
    func value(_ name: String, _ otherwise: String) -> String {
      let given = (variables[name] ?? "").filter { !"<>".contains($0) }
      return given.isEmpty ? otherwise : GitWords.printable(given)
    }
    let name = value("GIT_COMMITTER_NAME", "release")
    let email = value("GIT_COMMITTER_EMAIL", "release@localhost")
    signature = "\(name) <\(email)>"
  }
}
