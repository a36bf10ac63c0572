import Glibc
import ReleaseCore

/// The job of GitHub Actions that runs this program: it reads annotations from the log, and a
/// summary and outputs from files that it names.
struct GitHubActions: Sendable {
  private let summaryFile: String?
  private let outputFile: String?
  private let delimiter: String

  /// GitHub refuses the whole summary of a step beyond this.
  private static let summaryBytesMax = 1 << 20

  /// Reads the job's variables; nil outside GitHub Actions.
  ///
  /// - Parameters:
  ///   - settings: The process environment.
  ///   - delimiter: A line that nobody else can guess.
  init?(_ settings: Settings, delimiter: String) {
    guard settings.value("GITHUB_ACTIONS") == "true" else { return nil }
    summaryFile = settings.value("GITHUB_STEP_SUMMARY")
    outputFile = settings.value("GITHUB_OUTPUT")
    self.delimiter = delimiter
  }

  /// Tells the job how a call ended.
  ///
  /// The log's annotations go where they do not stand in the way of a JSON document.
  func tell(_ report: JobReport, _ format: OutputFormat) {
    var annotations = report.annotations
    annotations += append(summaryFile) { Markdown.cut(report.summary, to: $0) }
    annotations += append(outputFile) { _ in report.outputs.text(delimiter: delimiter) }
    for annotation in annotations {
      emit(annotation.command + "\n", to: format == .json ? 2 : 1)
    }
  }

  /// Appends to a file of the job; what cannot be written is said, and fails nothing.
  private func append(_ file: String?, _ text: (_ room: Int) -> String) -> [Annotation] {
    guard let file else { return [] }
    let descriptor = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let why = String(cString: strerror(errno))
      return [Annotation(.warning, title: "\(file) cannot be written.", message: why)]
    }
    defer { close(descriptor) }
    var status = stat()
    let present = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    emit(text(Self.summaryBytesMax - present), to: descriptor)
    return []
  }
}
