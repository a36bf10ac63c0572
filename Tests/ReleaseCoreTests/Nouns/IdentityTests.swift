import ReleaseCore
import Testing

@Suite struct `Answers to the question which version is served` {
  @Test func `count in a row while they agree, and from one when they change`() {
    var identity = Identity(.known(.version(7), at: .noon), at: .noon)
    var counts = [identity.inARow]
    for version: VersionNumber in [7, 8, 8, 8] {
      identity.take(.known(.version(version), at: .seconds(1)))
      counts.append(identity.inARow)
    }
    #expect(counts == [1, 2, 1, 2, 3])
    #expect(identity.since == .noon)
  }

  @Test func `start from nothing after a moment of blindness`() {
    var identity = Identity(.unknown(.down("refused"), at: .noon), at: .noon)
    #expect(identity.inARow == 0)
    identity.take(.known(.version(8), at: .seconds(1)))
    identity.take(.unknown(.unreachable("no route"), at: .seconds(2)))
    #expect(identity.inARow == 0)
    identity.take(.known(.version(8), at: .seconds(3)))
    #expect(identity.inARow == 1)
  }
}
