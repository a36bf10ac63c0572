import Testing

@testable import Gates

@Suite struct `Strict JSON` {
  private func read(_ text: String) throws -> JSONValue {
    try JSONReader.read(Array(text.utf8))
  }

  @Test func `keeps numbers as they were written, and members in order`() throws {
    let value = try read(
      #" { "b" : [ 1.50 , -0e+7 , true , false , null ] , "a\n\u00e9\ud83d\ude00\/" : "" } "#
    )
    #expect(
      value
        == .object([
          JSONValue.Member(
            name: "b",
            value: .array([.number("1.50"), .number("-0e+7"), .bool(true), .bool(false), .null])
          ),
          JSONValue.Member(name: "a\né😀/", value: .string("")),
        ])
    )
  }

  @Test(arguments: [
    "", " ", "{", "[", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}",
    "{'a':1}",
    "[1,]", "[1 2]", "01", "+1", "1.", ".5", "1e", "-", "--1", "0x1", "NaN", "Infinity", "tru",
    "nulll", "1 2", "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u+123\"", "\"\\ud800\"",
    "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\t\"", "\u{FEFF}1", "// c\n1", "{\"a\":1}}", "]",
    "\"\\u００４１\"", "{\"a\":1,\"\\u0061\":2}", "{\"x\":{\"a\":1,\"a\":1}}",
  ])
  func `refuses everything else`(text: String) {
    #expect(throws: JSONProblem.self) { try read(text) }
  }

  @Test func `refuses bytes that are not UTF-8`() {
    #expect(throws: JSONProblem.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
  }

  @Test func `goes as deep as allowed, and no deeper, however deep the text is`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: depth)
        + Array(repeating: UInt8(ascii: "]"), count: depth)
    }
    _ = try JSONReader.read(nested(64))
    #expect(throws: JSONProblem(offset: 64, text: "values lie more than 64 deep")) {
      try JSONReader.read(nested(1_000_000))
    }
  }

  @Test func `says where it stopped`() {
    #expect(throws: JSONProblem(offset: 8, text: "this is not a JSON value")) {
      try read(#"{"a": [ x]}"#)
    }
    #expect(throws: JSONProblem(offset: 6, text: "the text is cut short")) { try read(#"{"a": "#) }
  }
}
