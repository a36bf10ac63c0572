import Declarations
import FoundationEssentials
import Glibc
import ReleaseCore

/// Puts the first files into a work tree, and never changes what is already there.
struct FirstSetup: Sendable {
  /// What came of it; paths are from the repository's top.
  struct Report: Sendable {
    /// The files that were written.
    var written: [String] = []
    /// The files that were there already.
    var kept: [String] = []
    /// Whether `.release/` was added to .gitignore.
    var ignoresState = false
    /// All environments as they are now.
    var check: FolderCheck
  }

  let tree: GitWorkTree
  let makers: [any PlatformMaker]

  private static let folder = "environments"
  private static let stateFolder = ".release"

  /// Checks the files first and writes them only if they can be used.
  ///
  /// - Throws: Before anything is written when one of the new files would be refused; later when
  ///   the disk refuses.
  func write(_ files: FirstFiles) async throws(DeclarationProblem) -> Report {
    let texts = [
      "\(Self.folder)/staging.yaml": files.staging,
      "\(Self.folder)/production.yaml": files.production,
    ]
    let present = try await tree.files(under: Self.folder)
    let new = texts.filter { !isThere($0.key) }
    let planned =
      present.filter { new[$0.path] == nil }
      + new.map { FolderCheck.File(path: $0.key, content: .bytes(Array($0.value.utf8))) }
    let check = FolderCheck(planned, makers: makers)
    for path in new.keys.sorted() {
      let name = path.dropFirst(Self.folder.count + 1).dropLast(".yaml".count)
      if let problem = check.problems[EnvironmentName(String(name))] {
        throw Self.unwritten(problem)
      }
    }
    var report = Report(check: check)
    for (path, text) in texts.sorted(by: { $0.key > $1.key }) {
      if new[path] != nil, try create(path, text) {
        report.written.append(path)
      } else {
        report.kept.append(path)
      }
    }
    report.ignoresState = try await ignoreState()
    return report
  }

  /// The problem of a file that nobody will find on disk.
  private static func unwritten(_ problem: DeclarationProblem) -> DeclarationProblem {
    guard case .invalid(let place, let why, let nextStep) = problem else { return problem }
    return .invalid(place: "\(place) (not written)", why: why, nextStep: nextStep)
  }

  private func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat("\(tree.path)/\(path)", &status) == 0
  }

  /// Writes a file that is not there; false when someone else made it meanwhile.
  private func create(_ path: String, _ text: String) throws(DeclarationProblem) -> Bool {
    try makeFolder()
    let descriptor = open("\(tree.path)/\(path)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if errno == EEXIST { return false }
      throw unwritable(path)
    }
    try append(text, to: descriptor, path)
    return true
  }

  private func makeFolder() throws(DeclarationProblem) {
    let folder = "\(tree.path)/\(Self.folder)"
    guard mkdir(folder, 0o777) != 0 else { return }
    guard errno == EEXIST else { throw unwritable(Self.folder) }
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .invalid(
        place: Self.folder,
        why: "It is there and is no folder.",
        nextStep: "Move it away: links are not followed."
      )
    }
  }

  /// Adds the state folder to .gitignore unless git ignores it already.
  private func ignoreState() async throws(DeclarationProblem) -> Bool {
    guard try await !tree.ignores("\(Self.stateFolder)/journal.sqlite") else { return false }
    let path = ".gitignore"
    let present = (try? Data(contentsOf: URL(filePath: "\(tree.path)/\(path)"))) ?? Data()
    let descriptor = open("\(tree.path)/\(path)", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw unwritable(path) }
    let isMidLine = present.last.map { $0 != UInt8(ascii: "\n") } ?? false
    try append("\(isMidLine ? "\n" : "")\(Self.stateFolder)/\n", to: descriptor, path)
    return true
  }

  /// Writes all of the text and closes the file.
  private func append(
    _ text: String,
    to descriptor: CInt,
    _ path: String
  ) throws(DeclarationProblem) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        let problem = unwritable(path)
        close(descriptor)
        throw problem
      }
      rest = rest.dropFirst(count)
    }
    guard close(descriptor) == 0 else { throw unwritable(path) }
  }

  private func unwritable(_ path: String) -> DeclarationProblem {
    .invalid(
      place: path,
      why: "It cannot be written: \(String(cString: strerror(errno))).",
      nextStep: "Let this account write there, and see that there is room on the disk."
    )
  }
}
