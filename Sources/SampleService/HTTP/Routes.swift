import Hummingbird

/// The four routes, answering for one model and its counters.
struct Routes: Sendable {
  let served: ServedModel
  let counters: Counters
  let processStart: Double

  func router() -> Router<SampleRequestContext> {
    let router = Router(context: SampleRequestContext.self)
    router.add(middleware: CountRequests(counters: counters))
    router.add(middleware: ErrorsAsJSON())
    router.get("health") { _, _ in health() }
    router.post("predict") { request, context in
      try predict(await request.decode(as: PredictRequest.self, context: context))
    }
    router.post("feedback") { request, context in
      try count(await request.decode(as: FeedbackRequest.self, context: context))
    }
    router.get("metrics") { request, context in
      try metrics(for: request, context: context)
    }
    return router
  }

  private func health() -> HealthReply {
    HealthReply(
      modelLoaded: served.isLoaded,
      modelName: served.name,
      modelVersion: served.version
    )
  }

  private func predict(_ request: PredictRequest) throws(RequestProblem) -> PredictReply {
    try request.check(featureCount: served.classifier.featureCount)
    let predictions = request.features.map { served.classifier.classIndex(of: $0) }
    counters.countPredictions(predictions.count, by: served.version)
    return PredictReply(
      predictions: predictions,
      classes: served.isLoaded ? served.classes : nil,
      modelVersion: served.version
    )
  }

  private func count(_ feedback: FeedbackRequest) throws(RequestProblem) -> FeedbackReply {
    let correct = try feedback.countCorrect()
    let labelled = feedback.labels.count
    guard counters.countLabels(labelled, correct: correct, for: feedback.modelVersion) else {
      throw .tooManyVersions
    }
    return FeedbackReply(
      modelVersion: feedback.modelVersion,
      labelled: labelled,
      correct: correct
    )
  }

  private func metrics(for request: Request, context: SampleRequestContext) throws -> Response {
    let reading = counters.read()
    switch MetricsFormat(accept: request.headers[.accept]) {
    case .json:
      let metrics = JSONMetrics(
        reading,
        servedVersion: served.version,
        processStart: processStart
      )
      return try context.responseEncoder.encode(metrics, from: request, context: context)
    case .prometheus:
      let metrics = PrometheusMetrics(reading: reading, processStart: processStart)
      return Response(
        status: .ok,
        headers: [.contentType: PrometheusMetrics.contentType],
        body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text))
      )
    }
  }
}
