import Glibc

/// Where this project lies on the machine that runs its tests, and how they are run.
package enum Project {
  /// The folder of the package: three above this file, symbolic links resolved.
  package static let root: String = {
    let file = realpath(#filePath, nil)
    defer { free(file) }
    let path = file.map { String(cString: $0) } ?? #filePath
    return path.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  }()

  /// Whether tests must run rather than be skipped.
  package static let isCI = !(variable("CI") ?? "").isEmpty

  /// An executable of this package; it lies beside the one that runs its tests, or in the folder
  /// that RELEASE_BINARIES names.
  package static func executable(_ name: String) -> String {
    let beside = testsFolder + "/" + name
    guard access(beside, X_OK) != 0, let folder = variable("RELEASE_BINARIES") else {
      return beside
    }
    return folder + "/" + name
  }

  /// A variable of the process that runs the tests.
  package static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static let testsFolder: String = {
    let tests = realpath("/proc/self/exe", nil)
    defer { free(tests) }
    let path = tests.map { String(cString: $0) } ?? ""
    return path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
  }()
}
