import ReleaseCore
import Testing

@testable import Declarations

@Suite struct `Editing the version` {
  func edited(_ text: String, to number: Int = 12) throws -> String {
    let bytes = Array(text.utf8)
    let scalar = try VersionScalar.find(in: bytes, file: "e.yaml")
    let version = try #require(VersionNumber(number))
    return String(decoding: scalar.replace(in: bytes, with: version), as: UTF8.self)
  }

  @Test(arguments: [
    ("version: 7", "version: 12"),
    ("version:   7   # 7 of 7\n", "version:   12   # 7 of 7\n"),
    ("model: v7\r\nversion: '7'\r\nslot: 7\r\n", "model: v7\r\nversion: '12'\r\nslot: 7\r\n"),
    ("version: \"7\"", "version: \"12\""),
    ("\u{FEFF}version: 7\n", "\u{FEFF}version: 12\n"),
    (
      "{model: ü7é, version: 7, slot: {version: 3}}",
      "{model: ü7é, version: 12, slot: {version: 3}}"
    ),
    ("\"version\": 7\n", "\"version\": 12\n"),
    ("'version' :\n  7\n", "'version' :\n  12\n"),
    (
      "# version: 3\nnote: 'version: 4'\nversion: 7",
      "# version: 3\nnote: 'version: 4'\nversion: 12"
    ),
    ("? version\n: 7\n", "? version\n: 12\n"),
    ("---\nversion: 7\n...\n", "---\nversion: 12\n...\n"),
    ("a: 1\rversion: 7\rb: 2", "a: 1\rversion: 12\rb: 2"),
    ("a: |\n  version: 1\n  x\nversion: 7\n", "a: |\n  version: 1\n  x\nversion: 12\n"),
  ])
  func `changes its digits and nothing else`(before: String, after: String) throws {
    #expect(try edited(before) == after)
  }

  @Test(arguments: [
    ("model: iris\n", "comes from a _defaults.yaml"), ("version: \"\\x37\"\n", "plain digits"),
    ("version: |\n  7\n", "positive whole number"), ("version: >-\n  7\n", "plain digits"),
    ("version: &a 7\n", "anchors"), ("version: !!int 7\n", "tags"), ("version: latest", "positive"),
  ])
  func `is refused where it would not be exact`(text: String, why: String) {
    do throws(Mistake) {
      _ = try VersionScalar.find(in: Array(text.utf8), file: "e.yaml")
      Issue.record("taken")
    } catch {
      #expect(error.why.contains(why), "\(error.why)")
    }
  }

  @Test func `keeps every other byte of any file`() throws {
    var random = Seeded(state: 20_261_123)
    for _ in 0..<2000 {
      let before = random.file(version: 7)
      let after = try edited(before.text, to: 4711)
      #expect(after == before.head + "4711" + before.tail)
    }
  }
}

/// A small generator of numbers that are the same in every run (Knuth's MMIX constants).
private struct Seeded {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  /// A valid file with odd spacing, comments, quotes and line ends around a version.
  mutating func file(version: Int) -> (text: String, head: String, tail: String) {
    let end = pick(["\n", "\r\n"])
    let blank = pick(["", " ", "   "])
    let quote = pick(["", "'", "\""])
    var head = pick(["", "\u{FEFF}"]) + pick(["", "---\(end)", "# version: 9\(end)"])
    for index in 0..<below(4) { head += line(index, end) }
    head += pick(["version", "\"version\"", "'version'"]) + blank + ": " + blank + quote
    var tail = quote + pick(["", " # not 7", "  "]) + end
    for index in 4..<(4 + below(4)) { tail += line(index, end) }
    return (head + String(version) + tail, head, tail)
  }

  private mutating func line(_ index: Int, _ end: String) -> String {
    let value = pick([
      "7", "'version: 7'", "{version: 7}", "[7, 7]", "äöü", "|\(end)  version: 7", "\"7 \\\" 7\"",
    ])
    return pick(["", "# version: 7\(end)", end]) + "key\(index): \(value)\(end)"
  }
}
