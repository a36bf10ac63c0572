import FoundationEssentials
import ReleaseCore
import Testing

@testable import Journal

@Suite struct `The parts of a journal in refs` {
  @Test(arguments: [
    "production", "fraud/production", "a.lock", "..", "é~^:?*[\\@{", "%41", " ", "-",
  ])
  func `name a ref for everything, and read the name back`(name: String) {
    let ref = GitRefName.of(.environment(EnvironmentName(name)))
    #expect(GitRefName.environment(of: ref) == EnvironmentName(name))
    let component = ref.dropFirst(GitRefName.journals.count)
    #expect(
      component.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_%".contains($0)) }
    )
  }

  @Test(arguments: ["a/b", "%4", "%zz", "%61", "%ff", "a.b"])
  func `take no ref for an environment that they would name otherwise`(component: String) {
    #expect(GitRefName.environment(of: GitRefName.journals + component) == nil)
  }

  @Test(arguments: EventCase.allCases)
  func `bring every entry back from its file`(event: EventCase) throws {
    let name = EnvironmentName("fraud/prödüction")
    var chain = Chain(of: name)
    let payloads = try Record.payloads(of: [.sample(event.example)], for: name, after: 0)
    let record = chain.extend(with: try #require(payloads.first))
    #expect(Record(file: record.file) == record)
  }

  @Test func `refuse a file whose head has one bit changed, or take it for another entry`() throws {
    var chain = Chain(of: .production)
    let payloads = try Record.payloads(of: [.numbered(1)], for: .production, after: 0)
    let record = chain.extend(with: try #require(payloads.first))
    let head = record.file.count - record.payload.count
    for index in 0..<head {
      for bit in 0..<8 {
        var file = record.file
        file[index] ^= 1 << bit
        guard let read = Record(file: file) else { continue }
        // Capital digits mean the same.
        guard read != record else { continue }
        var again = Chain(of: .production)
        #expect(throws: JournalProblem.self, "byte \(index), bit \(bit)") { try again.follow(read) }
      }
    }
  }
}
