import Hummingbird
import Logging

/// Turns whatever a route throws into a JSON answer, so that a client has one format to read.
struct ErrorsAsJSON<Context: RequestContext>: RouterMiddleware {
  func handle(
    _ request: Request,
    context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let (status, message) = describe(error, for: request, context: context)
      var response = try context.responseEncoder.encode(
        ErrorReply(error: message),
        from: request,
        context: context
      )
      response.status = status
      return response
    }
  }

  private func describe(
    _ error: any Error,
    for request: Request,
    context: Context
  ) -> (HTTPResponse.Status, String) {
    switch error {
    case let problem as RequestProblem:
      return (.unprocessableContent, problem.message)
    case let error as HTTPError where error.status == .notFound:
      return (.notFound, "There is no \(request.method.rawValue) \(request.uri.path) here.")
    case let error as HTTPError:
      return (error.status, error.body ?? error.status.reasonPhrase)
    case let error as any HTTPResponseError where error.status == .contentTooLarge:
      return (error.status, "The body is larger than \(context.maxUploadSize) bytes.")
    case let error as any HTTPResponseError:
      return (error.status, error.status.reasonPhrase)
    default:
      context.logger.error("A request failed: \(error)")
      return (.internalServerError, "The service failed; its log says why.")
    }
  }
}
