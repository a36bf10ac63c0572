import TestSupport
import Testing

@Suite struct `release plan` {
  private let place: Workplace

  init() async throws {
    place = try await Workplace()
    try place.declare(
      "production",
      """
      model: iris
      version: 1
      slot: {alias: champion}
      service: {url: "http://127.0.0.1:9"}
      """
    )
    try await place.commit()
  }

  @Test func `says that nobody can tell what would change when the registry is away`() async throws
  {
    let away = ["MLFLOW_TRACKING_URI": "http://127.0.0.1:9"]
    let text = try await place.release("plan", variables: away)
    #expect(text.status == 30)
    #expect(text.out.hasPrefix("production: nobody can tell what would change: "), "\(text)")
    #expect(!text.out.contains(".."), "\(text)")

    let document = try await place.release("plan", "--output", "json", variables: away)
    #expect(document.status == 30)
    #expect(try JSON(document.out)["exit"] == 30, "\(document)")
  }
}
