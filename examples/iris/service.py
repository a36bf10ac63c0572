"""The model behind an HTTP API: what `release` deploys, watches and rolls back.

    uvicorn service:app --port 8000

README.md lists the variables and the routes.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, cast

import numpy as np
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StringConstraints, model_validator
from starlette.exceptions import HTTPException

from metering import TEXT_CONTENT_TYPE, Meter, TooManyVersions, prefers_text
from serving import Follower, PinnedVersion, describe
from slot import LoadedModel, Registry, Slot

ROWS_MAX = 10_000
NO_VERSION = "none"

Number = Annotated[float, Field(allow_inf_nan=False)]
Row = Annotated[list[Number], Field(min_length=4, max_length=4)]
Classes = Annotated[list[int], Field(min_length=1, max_length=ROWS_MAX)]
VersionNumber = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,9}$")]

router = APIRouter()


class PredictRequest(BaseModel):
    """Rows to classify: sepal length and width, petal length and width, in centimetres."""

    features: Annotated[list[Row], Field(min_length=1, max_length=ROWS_MAX)]


class PredictReply(BaseModel):
    """The class of each row as an index into `classes`, and the version that says so."""

    predictions: list[int]
    classes: list[str]
    model_version: str
    prediction_id: str


class FeedbackRequest(BaseModel):
    """What was predicted earlier and what was true, with the version that predicted."""

    model_version: VersionNumber
    predictions: Classes
    labels: Classes

    @model_validator(mode="after")
    def one_label_a_prediction(self) -> FeedbackRequest:
        if len(self.predictions) != len(self.labels):
            raise ValueError("each prediction needs its label")
        return self


class FeedbackReply(BaseModel):
    """What was counted, and under which version."""

    model_version: str
    labelled: int
    correct: int


def current_follower(request: Request) -> Follower:
    return cast(Follower, request.app.state.follower)


def current_meter(request: Request) -> Meter:
    return cast(Meter, request.app.state.meter)


def current_model(request: Request) -> LoadedModel:
    """The model as it was when the request came in, so that one request meets one version."""
    model: LoadedModel | None = request.state.model
    if model is None:
        raise HTTPException(503, f"No model is loaded: {current_follower(request).problem}.")
    return model


TheFollower = Annotated[Follower, Depends(current_follower)]
TheMeter = Annotated[Meter, Depends(current_meter)]
TheModel = Annotated[LoadedModel, Depends(current_model)]


@router.get("/health")
def health(request: Request, follower: TheFollower) -> JSONResponse:
    model: LoadedModel | None = request.state.model
    if model is None:
        reply = {"status": "unhealthy", "model_loaded": False, "reason": follower.problem}
        return JSONResponse(reply | {"model_name": follower.slot.model_name}, status_code=503)
    return JSONResponse(
        {
            "status": "healthy",
            "model_loaded": True,
            "model_name": model.name,
            "model_version": model.version,
        }
    )


@router.post("/predict")
def predict(body: PredictRequest, model: TheModel, meter: TheMeter) -> PredictReply:
    predicted = model.pipeline.predict(np.array(body.features))
    classes = model.classes
    meter.count_predictions(model.version, len(body.features))
    return PredictReply(
        predictions=[classes.index(str(name)) for name in predicted],
        classes=classes,
        model_version=model.version,
        prediction_id=uuid.uuid4().hex,
    )


@router.post("/feedback")
def feedback(body: FeedbackRequest, meter: TheMeter) -> FeedbackReply:
    pairs = zip(body.predictions, body.labels, strict=True)
    correct = sum(prediction == label for prediction, label in pairs)
    try:
        meter.count_labels(body.model_version, len(body.labels), correct)
    except TooManyVersions as error:
        raise HTTPException(422, f"{error}.") from error
    return FeedbackReply(
        model_version=body.model_version, labelled=len(body.labels), correct=correct
    )


@router.get("/metrics")
def metrics(request: Request, meter: TheMeter) -> Response:
    model: LoadedModel | None = request.state.model
    if model is not None:
        meter.begin(model.version)
    if prefers_text(request.headers.get("accept")):
        return Response(meter.text(), media_type=TEXT_CONTENT_TYPE)
    return JSONResponse(jsonable_encoder(metrics_document(model, meter)))


@router.post("/reload")
def reload(follower: TheFollower) -> dict[str, Any]:
    """Looks at the slot now instead of at the next poll."""
    try:
        reloaded = follower.reload()
    except PinnedVersion as error:
        raise HTTPException(409, f"{error}; there is no slot to follow.") from error
    except Exception as error:
        raise HTTPException(503, f"Nothing was reloaded: {describe(error)}.") from error
    model = follower.model
    return {"model_version": model.version if model else None, "reloaded": reloaded}


def metrics_document(model: LoadedModel | None, meter: Meter) -> dict[str, Any]:
    """The served version's counters at the top level, then what people like to know."""
    document: dict[str, Any] = {
        "process_start_time_seconds": meter.start_time,
        "api": {
            "status": "unhealthy" if model is None else "operational",
            "start_time": datetime.fromtimestamp(meter.start_time, UTC),
            "uptime_seconds": round(time.time() - meter.start_time, 3),
            "prediction_count": meter.prediction_count(),
        },
    }
    if model is None:
        return document
    document["model_version"] = model.version
    document["model"] = {
        "path": str(model.path),
        "size_bytes": model.size_bytes,
        "last_modified": model.last_modified,
        "type": type(model.pipeline.steps[-1][1]).__name__,
    }
    return document | meter.numbers(model.version)


async def note_model_and_count(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    """Fixes the model a request is answered with, and counts requests to /predict."""
    model = current_follower(request).model
    request.state.model = model
    if request.url.path != "/predict":
        return await call_next(request)
    version = model.version if model else NO_VERSION
    started = time.perf_counter()
    status = 500
    try:
        response = await call_next(request)
        status = response.status_code
    finally:
        current_meter(request).count_request(version, status, time.perf_counter() - started)
    return response


async def answer_http_error(_: Request, error: Exception) -> Response:
    problem = cast(HTTPException, error)
    return JSONResponse({"error": problem.detail}, problem.status_code, problem.headers)


async def answer_invalid_request(_: Request, error: Exception) -> Response:
    """Says where and what, but does not echo the input: a NaN in it has no place in JSON."""
    problem = cast(RequestValidationError, error)
    first = problem.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return JSONResponse({"error": f"{place}: {first['msg']}."}, 422)


async def answer_failure(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": f"The service failed: {type(error).__name__}."}, 500)


def create_app(environment: Mapping[str, str]) -> FastAPI:
    """The service for the slot that these variables name. Nothing is contacted before it starts."""
    slot = Slot.from_environment(environment)
    poll_seconds = float(environment.get("MODEL_POLL_SECONDS") or 5)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        follower = Follower(slot, Registry(), poll_seconds)
        app.state.follower = follower
        app.state.meter = Meter()
        follower.start()
        yield
        follower.stop()

    app = FastAPI(title=f"{slot.model_name} service", lifespan=lifespan)
    app.include_router(router)
    app.middleware("http")(note_model_and_count)
    app.add_exception_handler(HTTPException, answer_http_error)
    app.add_exception_handler(RequestValidationError, answer_invalid_request)
    app.add_exception_handler(Exception, answer_failure)
    return app


app = create_app(os.environ)
