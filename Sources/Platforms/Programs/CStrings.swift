import Glibc

/// Texts as C takes a list of them: pointers, NULL last.
struct CStrings {
  private let texts: [String]

  /// Takes texts without NUL; SettingReader refuses others.
  init(_ texts: [String]) {
    self.texts = texts
  }

  /// Lends the pointers.
  func withPointers<Result>(
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return (copies + [nil]).withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("it holds at least NULL") }
      return body(base)
    }
  }
}
