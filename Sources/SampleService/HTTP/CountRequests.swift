import Hummingbird

/// Counts every request, whatever becomes of it.
struct CountRequests<Context: RequestContext>: RouterMiddleware {
  let counters: Counters

  func handle(
    _ request: Request,
    context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    counters.countRequest()
    return try await next(request, context)
  }
}
