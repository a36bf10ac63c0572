import ReleaseCore
import Testing

@Suite struct `Verdicts as tags` {
  @Test func `of a proof are read back`() {
    let proof = Proof(version: 7, digest: "digest 7", at: .noon, basis: .gates)
    let tags = VerdictTags.of(proof, in: "production")
    #expect(
      tags == [
        "release.production.verdict": "proven",
        "release.production.at": "2026-01-31T12:00:00Z",
        "release.production.evidence": "basis: gates",
        "release.production.gates": "",
        "release.production.digest": "digest 7",
      ]
    )
    #expect(VerdictTags.names(of: "production").sorted() == tags.keys.sorted())
    let version = RegisteredVersion.sample(7) { $0.tags = tags }
    #expect(
      VerdictTags.proof(on: version, in: "production")
        == Proof(version: 7, digest: "digest 7", at: .noon, basis: .tags)
    )
    #expect(VerdictTags.proof(on: version, in: "staging") == nil)
    #expect(VerdictTags.rejection(on: version, in: "production") == nil)
  }

  @Test func `of a rejection are read back`() {
    let rejection = Rejection.sample(8)
    let version = RegisteredVersion.sample(8) { version in
      version.tags = VerdictTags.of(rejection, in: "fraud/production")
    }
    #expect(VerdictTags.rejection(on: version, in: "fraud/production") == rejection)
    #expect(VerdictTags.proof(on: version, in: "fraud/production") == nil)
  }

  @Test func `that an earlier build set when a rollback arrived prove nothing`() {
    let arrival = Proof(version: 7, digest: "digest 7", at: .noon, basis: .rollback)
    let version = RegisteredVersion.sample(7) { version in
      version.tags = VerdictTags.of(arrival, in: "production")
    }
    #expect(VerdictTags.proof(on: version, in: "production") == nil)
  }

  @Test func `prove nothing about other content`() {
    let version = RegisteredVersion.sample(7) { version in
      version.tags = VerdictTags.of(Proof.sample(7), in: "production")
      version.digest = "other"
    }
    #expect(VerdictTags.proof(on: version, in: "production") == nil)
  }

  @Test func `that are damaged say nothing`() {
    for tags in [
      [:], ["release.production.verdict": "proven"],
      ["release.production.verdict": "proven", "release.production.at": "yesterday"],
      ["release.production.verdict": "PROVEN", "release.production.at": "2026-01-31T12:00Z"],
    ] {
      let version = RegisteredVersion.sample(7) { $0.tags = tags }
      #expect(VerdictTags.proof(on: version, in: "production") == nil)
      #expect(VerdictTags.rejection(on: version, in: "production") == nil)
    }
  }

  @Test func `are short enough for the registry`() {
    var rejection = Rejection.sample(8)
    rejection.evidence = String(repeating: "é", count: 9000)
    let evidence = VerdictTags.of(rejection, in: "production")["release.production.evidence"]
    #expect(evidence?.count == 4000)
  }

  @Test(arguments: ["production", "staging,production", "staging production;lab", " production "])
  func `of approval list environments`(text: String) {
    let version = RegisteredVersion.sample(8) { $0.tags = ["release.approved": text] }
    #expect(VerdictTags.isApproved(version, for: "production"))
  }

  @Test(arguments: ["", "Production", "productions", "pre-production", "production/eu"])
  func `of approval are not guessed at`(text: String) {
    let version = RegisteredVersion.sample(8) { $0.tags = ["release.approved": text] }
    #expect(!VerdictTags.isApproved(version, for: "production"))
    #expect(!VerdictTags.isApproved(.sample(8), for: "production"))
  }

  @Test func `of approval keep those who were approved before`() {
    let version = RegisteredVersion.sample(8) { $0.tags = ["release.approved": "staging"] }
    #expect(
      VerdictTags.approving("production", on: version)
        == ["release.approved": "production,staging"]
    )
  }
}
