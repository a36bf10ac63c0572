import ReleaseCore

/// Looks at Procfile and runtime.txt, which Heroku's Python buildpack reads.
struct HerokuDescriptor: Sendable {
  let expectation: DescriptorExpectation

  /// The minor versions of Python 3 that the buildpack installs.
  private static let supportedMinors = 10...14

  /// What was found in a Procfile.
  func diagnoses(ofProcfile text: String) -> [Diagnosis] {
    var lines: [Diagnosis] = []
    var types: Set<Substring> = []
    for line in text.split(whereSeparator: \.isNewline) {
      guard let match = line.wholeMatch(of: /\s*([A-Za-z0-9_-]+):?\s+(.*)/) else { continue }
      types.insert(match.1)
      lines += expectation.start(String(match.2), of: "Procfile: \(match.1)")
    }
    if !types.contains("web") {
      lines.append(
        .warning("Procfile has no line `web:`", next: "Add one: only it is sent requests.")
      )
    }
    if types.contains("release") {
      lines.append(.note("Procfile: its release phase runs at each switch of a version"))
    }
    return lines.isEmpty ? [.fine("Procfile leaves the version alone")] : lines
  }

  /// What was found in a runtime.txt.
  func diagnoses(ofRuntime text: String) -> [Diagnosis] {
    let lines = text.split(whereSeparator: \.isNewline).map { String($0).trimmingWhitespace }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    let form = /python-(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))?/
    guard lines.count == 1, let match = lines[0].wholeMatch(of: form) else {
      return [
        .warning(
          "runtime.txt has not the form that Heroku's buildpack accepts",
          next: "Write one line: python-3.\(Self.supportedMinors.upperBound)"
        )
      ]
    }
    guard match.1 == "3", let minor = Int(match.2), Self.supportedMinors.contains(minor) else {
      return [
        .warning(
          "runtime.txt names \(lines[0]), which Heroku's buildpack does not install",
          next: "Name one of python-3.\(Self.supportedMinors.lowerBound) to "
            + "python-3.\(Self.supportedMinors.upperBound)."
        )
      ]
    }
    return [.fine("runtime.txt is one that Heroku's buildpack accepts")]
  }
}
