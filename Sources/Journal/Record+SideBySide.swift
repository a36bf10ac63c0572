import ReleaseCore

extension Record {
  /// Below this many records to decode at a time, a second task would cost more than it saves.
  private static let partMin = 32
  /// Most of a long journal's reading is decoding; a share of the processors is enough for it.
  private static let partsMax = 4

  /// Reads records back in order, parts of them side by side: the chain has been followed already,
  /// so each stands for itself.
  ///
  /// - Throws: The problem of the first record that cannot be read.
  static func decode(
    _ records: [Record],
    _ read: @escaping @Sendable (Record) throws(JournalProblem) -> StoredEntry
  ) async throws(JournalProblem) -> [StoredEntry] {
    let parts = min(partsMax, max(1, records.count / partMin))
    let size = (records.count + parts - 1) / parts
    let decoded = await withTaskGroup(of: (Int, Result<[StoredEntry], JournalProblem>).self) {
      group in
      for part in 0..<parts {
        let slice = records.dropFirst(part * size).prefix(size)
        group.addTask { (part, Self.share(of: slice, read)) }
      }
      var decoded = [Result<[StoredEntry], JournalProblem>](repeating: .success([]), count: parts)
      for await (part, entries) in group { decoded[part] = entries }
      return decoded
    }
    var entries: [StoredEntry] = []
    entries.reserveCapacity(records.count)
    for part in decoded { entries += try part.get() }
    return entries
  }

  private static func share(
    of records: ArraySlice<Record>,
    _ read: (Record) throws(JournalProblem) -> StoredEntry
  ) -> Result<[StoredEntry], JournalProblem> {
    var entries: [StoredEntry] = []
    do throws(JournalProblem) {
      for record in records { entries.append(try read(record)) }
      return .success(entries)
    } catch {
      return .failure(error)
    }
  }
}
