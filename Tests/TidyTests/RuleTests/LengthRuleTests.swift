import Testing

@Suite struct `The rules of length` {
  private func lines(_ count: Int) -> String {
    String(repeating: "x\n", count: count)
  }

  @Test func `a file may have 400 lines and not one more`() {
    #expect(FileLengthRule().findings(in: lines(400), at: "Sources/Gates/A.swift").isEmpty)
    #expect(FileLengthRule().findings(in: lines(401), at: "Sources/Gates/A.swift").count == 1)
    let withoutNewline = lines(400) + "x"
    #expect(FileLengthRule().findings(in: withoutNewline, at: "Sources/Gates/A.swift").count == 1)
  }

  @Test(arguments: [
    "func f() {", "init?(a: Int = [{ 1 }].count) {", "subscript(a: Int) -> Int {", "deinit {",
    "func a()\nfunc f<T>(_ g: (T) -> Void) async throws(P) -> [T] where T: C {",
  ])
  func `a function may have 60 lines and not one more`(head: String) {
    let rule = FunctionLengthRule()
    let atLimit = head + "\n" + lines(58) + "}\n"
    #expect(rule.findings(in: atLimit, at: "Tests/GatesTests/A.swift").isEmpty)
    let beyond = head + "\n" + lines(59) + "}\n"
    #expect(rule.findings(in: beyond, at: "Tests/GatesTests/A.swift").count == 1)
  }

  @Test func `a requirement without a body is not given the next one's`() {
    let text = """
      protocol A {
        func f() async throws(P) -> B
      }
      extension A {
        \(lines(80))
      }
      struct C {
        let d = A.init
        init()
        var e: [Int] { \(lines(80)) }
      }
      """
    #expect(FunctionLengthRule().findings(in: text, at: "Sources/Gates/A.swift") == [])
  }
}
