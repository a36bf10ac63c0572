import TestSupport
import Testing

/// A file that cannot be used stops its own environment and no other.
@Suite struct `A declaration` {
  /// What is wrong with a file.
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The files, by environment.
    let files: [String: String]
    /// Where the fault is, as it is told.
    let place: String
    /// What is told of it, and of its remedy.
    let words: [String]
  }

  private static let service = """
    slot: {alias: bad}
    service: {url: "http://127.0.0.1:9"}

    """

  private static let bomb =
    "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + zip("bcdefghi", "abcdefgh").map { new, old in
      "\(new): &\(new) [\(Array(repeating: "*\(old)", count: 9).joined(separator: ", "))]\n"
    }
    .joined()

  static let faults = [
    Fault(
      testDescription: "that is no YAML",
      files: ["bad": "model: iris\nversion: [1\nslot: {alias: bad}\n"],
      place: "environments/bad.yaml:3:",
      words: ["indentation"]
    ),
    Fault(
      testDescription: "with an unknown key",
      files: ["bad": "model: iris\nverson: 1\n\(service)"],
      place: "environments/bad.yaml:2:1",
      words: ["`verson`", "Did you mean `version`?"]
    ),
    Fault(
      testDescription: "with a key twice",
      files: ["bad": "model: iris\nversion: 1\nversion: 2\n\(service)"],
      place: "environments/bad.yaml:2:1",
      words: ["`version`", "more than once", "Keep one"]
    ),
    Fault(
      testDescription: "that comes after itself",
      files: [
        "bad": "model: iris\nversion: 1\nafter: worse\n\(service)",
        "worse": "model: iris\nversion: 1\nafter: bad\nslot: {alias: worse}\n"
          + "service: {url: \"http://127.0.0.1:9\"}\n",
      ],
      place: "environments/bad.yaml:3:8",
      words: ["bad after worse after bad", "Remove `after:`"]
    ),
    Fault(
      testDescription: "that unfolds to a billion words",
      files: ["bad": bomb + "model: iris\nversion: 1\n\(service)"],
      place: "environments/bad.yaml:1:",
      words: ["aliases", "Write the values out"]
    ),
    Fault(
      testDescription: "of 50 MB",
      files: [
        "bad": String(repeating: "# nothing to see here, only more of it\n", count: 1_300_000)
      ],
      place: "environments/bad.yaml:1:1",
      words: ["50700000 bytes", "Keep data elsewhere"]
    ),
  ]

  @Test(arguments: faults)
  func `is refused with its place and a remedy, and the others go on`(_ fault: Fault) async throws {
    let world = try await World([.staging()], registry: .embedded)
    try await world.run("reconcile --once")
    let file = "environments/staging.yaml"
    let good = try await world.repository.text(of: file)
    var files = [file: good.replacing("version: 1", with: "version: 2")]
    for (name, text) in fault.files { files["environments/\(name).yaml"] = text }
    try await world.repository.commit(files)

    let reconciled = try await world.release(["reconcile", "--once"], timeout: .seconds(30))
    #expect(reconciled.status == 33, "\(reconciled)")
    #expect(reconciled.err.contains(fault.place), "\(reconciled)")
    for word in fault.words { #expect(reconciled.err.contains(word), "\(reconciled)") }
    #expect(reconciled.err.contains("next "), "\(reconciled)")
    #expect(try await world.served("staging") == 2, "\(reconciled)")
    #expect(try await world.versions(in: "Staging") == [2], "\(reconciled)")
  }
}
