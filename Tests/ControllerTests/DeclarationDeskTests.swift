import Controller
import ReleaseCore
import Testing

@Suite struct `The desk of declarations` {
  private let source = NumberedSource()
  private let desk: DeclarationDesk

  init() {
    desk = DeclarationDesk(source: source, clock: StillClock())
  }

  private func commit(accepted: String?) async -> CommitID? {
    let answer = await desk.declared(
      NumberedSource.production,
      accepted: accepted.map { CommitID($0) },
      maxAge: .seconds(5)
    )
    guard case .declared(let declared, _) = answer else { return nil }
    return declared.commit
  }

  @Test func `one reading serves all who ask while it is young`() async {
    #expect(await commit(accepted: nil) == CommitID("1"))
    #expect(await commit(accepted: "1") == CommitID("1"))
    #expect(source.count == 1)
  }

  @Test func `a reading never takes back what another controller has accepted since`() async {
    #expect(await commit(accepted: nil) == CommitID("1"))
    #expect(await commit(accepted: "7") == CommitID("7"))
    #expect(source.count == 2)
    #expect(await commit(accepted: "7") == CommitID("7"))
    #expect(source.count == 2)
  }

  @Test func `what was begun before something was written is read anew`() async {
    await desk.begin(NumberedSource.production, accepted: nil)
    while source.count == 0 { await Task.yield() }
    await desk.forget()
    #expect(await commit(accepted: nil) == CommitID("2"))
  }

  @Test func `a reading that was begun is the one that the next question gets`() async {
    await desk.begin(NumberedSource.production, accepted: nil)
    #expect(await commit(accepted: nil) == CommitID("1"))
    #expect(source.count == 1)
  }
}
