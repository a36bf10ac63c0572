import CShims

/// Decompresses one gzip or deflate body as it arrives.
///
/// libcurl could do this, but it takes a stream that was cut short for a whole one, and does not
/// tell how many compressed bytes a piece of output came from. A measurement taken from half a
/// body would be wrong without anybody noticing, so the decoding is ours.
final class Inflater {
  /// Why decompressing stopped.
  enum Refusal: Equatable {
    case tooLarge
    case bomb
    case damaged
  }

  /// Below this size no body can do harm, and small repetitive ones do exceed the ratio.
  private static let ratioFloorBytes = 64 * 1024
  private static let pieceBytes = 32 * 1024

  private let bytesMax: Int
  private let ratioMax: Int
  private let stream: UnsafeMutablePointer<z_stream>
  private let piece: UnsafeMutablePointer<UInt8>
  private var taken = 0
  private var isAtEnd = true

  /// `nil` only when memory ran out.
  init?(bytesMax: Int, ratioMax: Int) {
    self.bytesMax = bytesMax
    self.ratioMax = ratioMax
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    piece = .allocate(capacity: Self.pieceBytes)
    guard shim_inflate_begin(stream) == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    piece.deallocate()
  }

  /// Whether the stream ended where it says it ends; a body without any byte counts as whole.
  var isWhole: Bool { isAtEnd }

  /// Decompresses some more bytes onto the end of `body`.
  func feed(_ input: UnsafeMutableRawBufferPointer, into body: inout [UInt8]) -> Refusal? {
    taken += input.count
    stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_in = UInt32(input.count)
    repeat {
      if isAtEnd {
        // A gzip body may be several members, one after the other.
        guard stream.pointee.avail_in > 0, inflateReset(stream) == Z_OK else { break }
        isAtEnd = false
      }
      stream.pointee.next_out = piece
      stream.pointee.avail_out = UInt32(Self.pieceBytes)
      let status = inflate(stream, Z_NO_FLUSH)
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        return .damaged
      }
      isAtEnd = status == Z_STREAM_END
      let made = Self.pieceBytes - Int(stream.pointee.avail_out)
      if let refusal = admit(body.count + made) { return refusal }
      body.append(contentsOf: UnsafeBufferPointer(start: piece, count: made))
    } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
    return nil
  }

  private func admit(_ size: Int) -> Refusal? {
    guard size <= bytesMax else { return .tooLarge }
    let isBomb = size > Self.ratioFloorBytes && size / max(1, taken) >= ratioMax
    return isBomb ? .bomb : nil
  }
}
