/// Why the service refuses to start: it serves what it was told to serve, or nothing.
enum ModelProblem: Error, Sendable, Equatable {
  case versionUnknown
  case directoryUnreadable(path: String, why: String)
  case notOneFile(directory: String, found: [String])
  case fileUnreadable(path: String, why: String)
  case notAModel(path: String, why: String)
  case unknownFormat(String)
  case unknownKind(String)
  case wrongShape(String)
  case checkFailed(row: Int, expected: String, computed: String)
}

extension ModelProblem: CustomStringConvertible {
  var description: String {
    switch self {
    case .versionUnknown:
      "MODEL_VERSION is not set. Set it to the version to serve, or pass --report-version."
    case .directoryUnreadable(let path, let why):
      "The artifact directory \(path) cannot be read: \(why)."
    case .notOneFile(let directory, let found) where found.isEmpty:
      "There is no model file in \(directory)."
    case .notOneFile(let directory, let found):
      "There are \(found.count) files in \(directory) (\(found.joined(separator: ", "))): "
        + "which one is the model? Leave one there, or name it with --model."
    case .fileUnreadable(let path, let why):
      "The model file \(path) cannot be read: \(why)."
    case .notAModel(let path, let why):
      "\(path) is not an exported model: \(why)."
    case .unknownFormat(let format):
      "The model's format is \"\(format)\"; this service reads \"\(ModelFile.formatRead)\"."
    case .unknownKind(let kind):
      "The model's kind is \"\(kind)\"; this service computes \(ModelKind.listed)."
    case .wrongShape(let why):
      "The model's numbers do not fit together: \(why)."
    case .checkFailed(let row, let expected, let computed):
      "The model does not compute what it computed when it was exported: check \(row) expects "
        + "\(expected), and this service computes \(computed). It is not served."
    }
  }
}
