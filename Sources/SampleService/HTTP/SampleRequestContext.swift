import FoundationEssentials
import Hummingbird

/// The context of a request: Hummingbird's own, with a limit on the body and a fixed order of keys.
struct SampleRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
  }

  /// 1 MiB holds some 20,000 rows of four features; more is a mistake.
  var maxUploadSize: Int { 1 << 20 }

  /// Writes the keys of an object in one order, so that equal answers are equal bytes.
  var responseEncoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
