import FoundationEssentials
import ReleaseCore

@testable import Journal

struct MemoryJournalUnderTest: JournalUnderTest {
  private let memory = MemoryJournal()

  var journal: any Journal { memory }

  func another() -> any Journal { memory }

  func tamper(_ tampering: Tampering, with environment: EnvironmentName) async throws {
    await memory.change(environment) { records in
      switch tampering {
      case .payloadBit: records[1].payload[20] ^= 1
      case .digestBit: records[1].digest = records[1].digest.withFlippedBit
      case .environmentBit: records[1].environment = "productioo"
      case .positionBit: records[1].position ^= 1
      case .schemaVersionBit: records[1].schemaVersion ^= 1
      case .firstRemoved: records.remove(at: 0)
      case .secondRemoved: records.remove(at: 1)
      case .lastRemoved: records.removeLast()
      case .swapped:
        records.swapAt(1, 2)
        records[1].position = 2
        records[2].position = 3
      }
    }
  }
}

extension ChainDigest {
  /// Another digest, by one bit.
  var withFlippedBit: ChainDigest {
    var bytes = bytes
    bytes[bytes.startIndex] ^= 1
    return ChainDigest(bytes: bytes) ?? self
  }
}
