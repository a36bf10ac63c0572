import ReleaseCore

/// Reads the files of a listing, each over its defaults.
struct FolderReader {
  /// What came of one environment's files.
  typealias Outcome = Result<EnvironmentReader.Reading, DeclarationProblem>

  private let reader: EnvironmentReader
  private let contents: [String: [UInt8]]
  private var documents: [String: Result<YAMLNode, Mistake>] = [:]

  /// Takes the contents of all files that will be read, by their ids.
  init(makers: [any PlatformMaker], contents: [String: [UInt8]]) {
    reader = EnvironmentReader(makers: makers)
    self.contents = contents
  }

  /// Reads one environment.
  mutating func read(_ source: FolderListing.Source) -> Outcome {
    do throws(DeclarationProblem) {
      return .success(try reader.read(try merged(source), name: source.name))
    } catch {
      return .failure(error)
    }
  }

  private mutating func merged(
    _ source: FolderListing.Source
  ) throws(DeclarationProblem) -> YAMLNode {
    do throws(Mistake) {
      var merged = try root(of: source.file)
      for file in source.defaults { merged = Defaults.merge(merged, over: try root(of: file)) }
      return merged
    } catch {
      throw error.problem
    }
  }

  /// The outermost mapping of a file; each is parsed once, for defaults are shared by many.
  private mutating func root(of entry: FolderListing.Entry) throws(Mistake) -> YAMLNode {
    if let known = documents[entry.path] { return try known.get() }
    let result: Result<YAMLNode, Mistake>
    do throws(Mistake) {
      result = .success(try parse(entry))
    } catch {
      result = .failure(error)
    }
    documents[entry.path] = result
    return try result.get()
  }

  private func parse(_ entry: FolderListing.Entry) throws(Mistake) -> YAMLNode {
    guard entry.size <= SourceText.bytesMax else {
      throw SourceText.tooLarge(entry.size, file: entry.path)
    }
    guard let bytes = contents[entry.id] else {
      throw Place.start(of: entry.path).refuse(
        "The files of this commit are too large together; this one was not read.",
        "Keep only declarations under environments/."
      )
    }
    return try YAMLDocument(bytes, file: entry.path).root
  }
}
