/// No file names a place that only the machine of its author has.
struct MachinePathRule {
  /// Put together from parts, so that this file keeps its own rule.
  static let places: [String] = [
    ["work"], ["tmp", "team"], ["root"], ["home"], ["Users"], ["opt", "swift"],
  ].map { "/" + $0.joined(separator: "/") + "/" }

  func findings(in file: TextFile) -> [Finding] {
    file.lines.enumerated().flatMap { index, line in
      Self.places.filter { names($0, in: line) }.map { place in
        Finding(
          path: file.path,
          line: index + 1,
          message: "\(place) is a place on one machine: use a path from the project's root, "
            + "or a variable"
        )
      }
    }
  }

  /// Whether the place begins a path here; in `docs/home/` and `example.org/home/` it does not.
  private func names(_ place: String, in line: Substring) -> Bool {
    line.ranges(of: place).contains { range in
      let start = line[..<range.lowerBound]
      guard let before = start.last, !start.hasSuffix("://") else { return true }
      return !(before.isLetter || before.isNumber || "._-/}*".contains(before))
    }
  }
}
