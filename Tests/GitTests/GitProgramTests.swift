import Glibc
import Testing

@testable import Git

@Suite struct `The program git` {
  private let program: GitProgram

  init() {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    program = GitProgram(variables: ["PATH": path, "HOME": "/nonexistent"])
  }

  @Test(arguments: [0, 1, 1 << 20])
  func `may end before it has read what it was given`(size: Int) async throws {
    let call = GitCall(arguments: ["version"], input: [UInt8](repeating: 10, count: size))
    for _ in 0..<20 {
      try await withThrowingTaskGroup(of: GitAnswer.self) { group in
        for _ in 0..<10 { group.addTask { [program] in try await program.run(call) } }
        for try await answer in group {
          #expect(answer.isSuccess)
          #expect(answer.text.hasPrefix("git version"))
        }
      }
    }
  }

  @Test func `reads what it is given to the end`() async throws {
    let input = [UInt8](repeating: 120, count: 3 << 20)
    let call = GitCall(arguments: ["hash-object", "--stdin"], input: input)
    let answer = try await program.run(call)
    // What `git hash-object` says of as many letters x.
    #expect(answer.text == "18c1c3070c50aba268be62a059a5d66e0922c0e9")
  }

  @Test func `is ended when its time is over, and when nobody waits for it any more`() async throws
  {
    var endless = GitCall(arguments: ["-c", "alias.wait=!sleep 600", "wait"], input: [10])
    endless.allowance = .milliseconds(50)
    #expect(try await program.run(endless).exitCode == nil)
    endless.allowance = .seconds(600)
    let task = Task { [endless] in try await program.run(endless) }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    await #expect(throws: GitFailure.self) { try await task.value }
  }
}
