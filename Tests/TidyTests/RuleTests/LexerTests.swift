import Testing

@Suite struct `Cutting Swift into tokens` {
  private func words(_ text: String) -> [String] {
    Lexer(text).tokens.map(\.text)
  }

  @Test func `leaves out comments, also nested ones`() {
    #expect(words("a // try!\nb /* x /* y */ try! */ c") == ["a", "b", "c"])
  }

  @Test(arguments: [
    #"x("try! \" try!")"#,
    ##"x(#"try! " \ try!"#)"##,
    "x(\"\"\"\n try! \" try!\n \"\"\")",
    "x(#\"\"\"\n \"\"\" try!\n \"\"\"#)",
  ])
  func `leaves out the text of strings`(text: String) {
    #expect(words(text) == ["x", "(", "\"\"", ")"])
  }

  @Test func `keeps the code inside an interpolation`() {
    #expect(words(#""a \(f("b \(c)")) try!""#) == ["f", "(", "c", "\"\"", ")", "\"\""])
    #expect(words(##"#"\(try!) \#(d)"#"##) == ["d", "\"\""])
  }

  @Test func `keeps a raw identifier in one piece`() {
    #expect(words("func `never uses try! here`()") == ["func", "`never uses try! here`", "(", ")"])
  }

  @Test func `leaves out an extended regex`() {
    #expect(words(##"x = #/a"b/# y"##) == ["x", "=", "y"])
  }

  @Test func `counts lines through literals and comments`() {
    let tokens = Lexer("a\n/*\n*/\nb \"\"\"\n\n\"\"\"\nc").tokens
    #expect(tokens.map(\.line) == [1, 4, 4, 7])
  }

  @Test func `knows what stands close together`() {
    #expect(Lexer("try! a").tokens.map(\.isTight) == [false, true, false])
    #expect(Lexer("try !a").tokens.map(\.isTight) == [false, false, true])
  }

  @Test func `knows the lines of documentation`() {
    #expect(Lexer("/// a\n// b\n//// c\nlet d = 1  /// e").documentationLines == [1])
  }

  @Test(arguments: ["a\nlet b = \"open\nc", "a\n/* open", "a\n\"\"\" open", "a\n`open\n"])
  func `says where it lost its way`(text: String) {
    #expect(Lexer(text).lostAtLine == 2)
    let findings = ReadableRule().findings(in: text, at: "Sources/Gates/A.swift")
    #expect(findings.map(\.line) == [2])
  }

  @Test func `is not lost in ordinary code`() {
    let text = "let a = b / c / d\nlet e = #\"\\\"#\nlet f = \"\\\\\"\n"
    #expect(Lexer(text).lostAtLine == nil)
    #expect(ReadableRule().findings(in: text, at: "Sources/Gates/A.swift").isEmpty)
  }
}
