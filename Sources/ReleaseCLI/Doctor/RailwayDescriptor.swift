import FoundationEssentials
import ReleaseCore

/// Looks at railway.json, and at the file that takes its place.
struct RailwayDescriptor: Sendable {
  let expectation: DescriptorExpectation
  let now: Moment

  /// The files of which one takes the place of railway.json.
  static let successors = [".railway/railway.ts", ".railway/railway.py", ".railway/railway.go"]

  private static let file = "railway.json"
  /// 2026-12-01T00:00:00Z: Railway reads railway.json no longer.
  private static let end = Moment(milliseconds: 1_796_083_200_000)

  /// The part of the file that matters here.
  private struct Shape: Decodable {
    struct Deploy: Decodable {
      let healthcheckPath: String?
      let startCommand: String?
    }
    let deploy: Deploy?
  }

  /// What was found in railway.json.
  func diagnoses(_ text: String, successor: String?) -> [Diagnosis] {
    guard now < Self.end else { return [over(successor)] }
    guard let shape = try? JSONDecoder().decode(Shape.self, from: Data(text.utf8)) else {
      return [.warning("\(Self.file) cannot be read", next: "Correct its JSON.")]
    }
    let found =
      expectation.health(shape.deploy?.healthcheckPath, of: Self.file)
      + expectation.start(shape.deploy?.startCommand, of: Self.file)
    let agrees = Diagnosis.fine("\(Self.file) agrees with the environments")
    return [ending(successor)] + (found.isEmpty ? [agrees] : found)
  }

  private func ending(_ successor: String?) -> Diagnosis {
    let text = "Railway stops reading \(Self.file) on 2026-12-01"
    if let successor { return .note("\(text); \(successor) takes its place") }
    return .warning(
      text,
      next: "`railway config migrate --apply` writes .railway/railway.ts, which takes its place."
    )
  }

  private func over(_ successor: String?) -> Diagnosis {
    .warning(
      "Railway no longer reads \(Self.file)",
      next: successor.map { "Delete it: \($0) has taken its place." }
        ?? "`railway config migrate --apply` writes .railway/railway.ts, which takes its place."
    )
  }

  /// What was found in the file that takes its place; it is a program, so only its lines are read.
  func diagnoses(ofSuccessor text: String, named file: String) -> [Diagnosis] {
    let lines = text.split(separator: "\n").map { String($0).trimmingWhitespace }
    let code = lines.filter { !$0.hasPrefix("//") && !$0.hasPrefix("#") }
    let found = expectation.variables.flatMap { name -> [Diagnosis] in
      let named = code.filter { $0.contains(name) }
      if named.isEmpty { return [forgotten(name, file)] }
      return named.allSatisfy { $0.contains("reserve(") } ? [] : [fixed(name, file)]
    }
    return found.isEmpty ? [.fine("\(file) leaves the version alone")] : found
  }

  private func forgotten(_ name: String, _ file: String) -> Diagnosis {
    .warning(
      "\(file) does not name \(name), so the next apply takes it away",
      next: "Add the line `\(name): preserve(),` to the variables of the service."
    )
  }

  private func fixed(_ name: String, _ file: String) -> Diagnosis {
    .warning(
      "\(file) gives \(name) a value, so the next apply undoes a release",
      next: "Write `\(name): preserve(),`."
    )
  }
}
