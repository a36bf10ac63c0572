import FoundationEssentials
import ReleaseCore
import Testing

@testable import Journal

@Suite struct `The stored form of an entry` {
  private static let environment = EnvironmentName("fraud/prödüction")

  private func record(
    of entry: Entry,
    after previous: Chain = Chain(of: Self.environment)
  ) throws -> Record {
    var chain = previous
    let payloads = try Record.payloads(of: [entry], for: Self.environment, after: chain.position)
    return chain.extend(with: try #require(payloads.first))
  }

  @Test(arguments: EventCase.allCases)
  func `brings every event back as it was`(event: EventCase) throws {
    #expect(EventCase(of: event.example) == event)
    let entry = Entry.sample(event.example)
    #expect(try record(of: entry).stored().entry == entry)
  }

  @Test(arguments: EventCase.allCases)
  func `can be read without the reason and what was seen`(event: EventCase) throws {
    let entry = Entry.sample(event.example)
    let record = try record(of: entry)
    let fact = try record.fact()
    #expect(fact.entry == Entry(at: entry.at, actor: entry.actor, event: entry.event))
    #expect(fact.position == (try record.stored().position))
    #expect(fact.digest == (try record.stored().digest))
  }

  @Test(arguments: EventCase.allCases)
  func `is the same bytes each time`(event: EventCase) throws {
    let entry = Entry.sample(event.example)
    #expect(try record(of: entry) == record(of: entry))
  }

  @Test func `is JSON with sorted keys`() throws {
    let record = try record(
      of: Entry(at: .sample, actor: "a/b", event: .resumed(by: "x", reason: "y"))
    )
    #expect(
      String(decoding: record.payload, as: UTF8.self)
        == #"{"actor":"a/b","at":1769860800123,"event":{"resumed":{"by":"x","reason":"y"}}}"#
    )
  }

  @Test func `says a duration as declarations do, and reads Swift's own form too`() throws {
    let entry = Entry.sample(.declared(.sample))
    var record = try record(of: entry)
    let text = String(decoding: record.payload, as: UTF8.self)
    #expect(text.contains(#""soak":"24h""#))
    #expect(text.contains(#""bake":"10m1ms""#))
    let own = String(decoding: try JSONEncoder().encode(Duration.seconds(86_400)), as: UTF8.self)
    record.payload = Data(
      text.replacing(#""soak":"24h""#, with: #""soak":\#(own)"#).utf8
    )
    #expect(try record.stored().entry == entry)
    record.payload = Data(text.replacing(#""soak":"24h""#, with: #""soak":"soon""#).utf8)
    #expect(throws: JournalProblem.self) { try record.stored() }
  }

  @Test func `keeps the layout of its digest for ever`() throws {
    // The expected digests were computed with Python's hashlib from the layout as documented.
    var chain = Chain(of: EnvironmentName("production"))
    let first = chain.extend(with: Data(#"{"a":1}"#.utf8))
    let second = chain.extend(with: Data(#"{"a":2}"#.utf8))
    #expect(
      first.digest.hexadecimal == "961e72d0a783338e84b5e3feb4ffc8e8827008224ffc9fdfc49ed9a69461bac9"
    )
    #expect(
      second.digest.hexadecimal
        == "50e2c1f57eeefb03364185db05cd9ba54930c6ce8894029f33f1ba2d6b3fc5c5"
    )
  }

  @Test(arguments: [0, -1, 2, Int.max])
  func `is refused, with its place, when its form is unknown`(form: Int) throws {
    var record = try record(of: .numbered(1))
    record.schemaVersion = form
    #expect(
      throws: JournalProblem.unreadable(
        environment: Self.environment,
        position: 1,
        why: "It is in form \(form), and this version of `release` reads forms up to 1."
      )
    ) { try record.stored() }
  }

  @Test func `is refused, with its place, when its content is not an entry`() throws {
    var record = try record(of: .numbered(1))
    record.payload = Data("{}".utf8)
    let problem = try #require(throws: JournalProblem.self) { try record.stored() }
    #expect(problem.code == "journal.unreadable")
    #expect(problem.what == "Entry 1 in the journal of fraud/prödüction cannot be read.")
  }
}
