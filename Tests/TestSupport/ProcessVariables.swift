import Glibc

/// The environment variables of processes.
package enum ProcessVariables {
  /// Those of the process that runs the tests.
  package static var own: [String: String] {
    var all: [String: String] = [:]
    var entry = environ
    while let setting = entry.pointee {
      let text = String(cString: setting)
      if let sign = text.firstIndex(of: "=") {
        all[String(text[..<sign])] = String(text[text.index(after: sign)...])
      }
      entry += 1
    }
    return all
  }

  /// Those that a program needs to run at all, and none by which this machine could steer it.
  ///
  /// - Parameter home: A folder that holds nobody's settings.
  /// - Returns: All variables that the program shall have.
  package static func clean(home: String) -> [String: String] {
    var variables = [
      "HOME": home, "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
    ]
    for name in ["PATH", "TMPDIR", "LD_LIBRARY_PATH"] { variables[name] = own[name] }
    return variables
  }
}
