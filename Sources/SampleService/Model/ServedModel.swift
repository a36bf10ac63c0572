import FoundationEssentials
import Hummingbird

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What this process serves, under the name and version that it reports.
struct ServedModel: Sendable {
  let name: String
  let version: String
  /// Names of the classes; empty without a model.
  let classes: [String]
  let classifier: any Classifier

  /// False when every row is answered with class 0.
  let isLoaded: Bool

  /// Reads the model that the process's variables name, and checks its arithmetic.
  static func load(
    from source: ModelSource,
    variables: Environment,
    reportedVersion: String? = nil
  ) throws(ModelProblem) -> ServedModel {
    let name = variables.filled("MODEL_NAME") ?? "iris"
    let wanted = variables.filled("MODEL_VERSION")
    guard let reported = reportedVersion ?? wanted else { throw .versionUnknown }
    let exported: ExportedModel
    switch source {
    case .none:
      return ServedModel(
        name: name,
        version: reported,
        classes: [],
        classifier: ConstantAnswer(),
        isLoaded: false
      )
    case .file(let path):
      exported = try readModel(at: path)
    case .artifacts(let directory):
      guard let wanted else { throw .versionUnknown }
      exported = try readModel(at: onlyFile(in: "\(directory)/\(name)/\(wanted)"))
    }
    return ServedModel(
      name: name,
      version: reported,
      classes: exported.classes,
      classifier: exported.classifier,
      isLoaded: true
    )
  }

  private static func onlyFile(in directory: String) throws(ModelProblem) -> String {
    let found: [String]
    do {
      found = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    } catch {
      throw .directoryUnreadable(path: directory, why: reason(error))
    }
    guard found.count == 1 else { throw .notOneFile(directory: directory, found: found) }
    return "\(directory)/\(found[0])"
  }

  private static func readModel(at path: String) throws(ModelProblem) -> ExportedModel {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .fileUnreadable(path: path, why: reason(error))
    }
    let file: ModelFile
    do {
      file = try JSONDecoder().decode(ModelFile.self, from: bytes)
    } catch {
      throw .notAModel(path: path, why: "\(error)")
    }
    return try ExportedModel(file)
  }

  /// The operating system's own words for why a file cannot be read, where it gave any.
  private static func reason(_ error: any Error) -> String {
    guard let cause = (error as? CocoaError)?.underlying as? POSIXError else { return "\(error)" }
    return String(cString: strerror(cause.code.rawValue))
  }
}

extension Environment {
  /// The value of a variable; a variable set to nothing counts as not set.
  fileprivate func filled(_ name: String) -> String? {
    get(name).flatMap { $0.isEmpty ? nil : $0 }
  }
}
