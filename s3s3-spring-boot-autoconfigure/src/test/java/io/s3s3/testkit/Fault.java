package io.s3s3.testkit;

import java.util.function.Supplier;

import io.s3s3.failure.Effect;
import io.s3s3.failure.FailureKind;

/**
 * The faults of a location that another location cures.
 */
public enum Fault {

	CONNECTION_REFUSED(FaultyEndpoint::refusing, FailureKind.CONNECTION, Effect.NOT_SENT),

	CONNECTION_RESET(FaultyEndpoint::resetting, FailureKind.RESET, Effect.UNKNOWN),

	EMPTY_ANSWER(FaultyEndpoint::closing, FailureKind.RESET, Effect.UNKNOWN),

	UNRESOLVABLE_NAME(FaultyEndpoint::unresolvable, FailureKind.DNS, Effect.NOT_SENT),

	NO_TLS(FaultyEndpoint::withoutTls, FailureKind.TLS, Effect.NOT_SENT),

	CONNECT_TIMEOUT(FaultyEndpoint::unconnectable, FailureKind.TIMEOUT, Effect.NOT_SENT),

	READ_TIMEOUT(FaultyEndpoint::silent, FailureKind.TIMEOUT, Effect.UNKNOWN),

	STATUS_500(() -> FaultyEndpoint.answering(500, "InternalError"), FailureKind.SERVER_ERROR, Effect.UNKNOWN),

	STATUS_502(() -> FaultyEndpoint.answering(502, ""), FailureKind.SERVER_ERROR, Effect.UNKNOWN),

	STATUS_503(() -> FaultyEndpoint.answering(503, "SlowDown"), FailureKind.THROTTLED, Effect.REJECTED),

	STATUS_504(() -> FaultyEndpoint.answering(504, ""), FailureKind.SERVER_ERROR, Effect.UNKNOWN),

	STATUS_429(() -> FaultyEndpoint.answering(429, ""), FailureKind.THROTTLED, Effect.REJECTED),

	REQUEST_TIMEOUT(() -> FaultyEndpoint.answering(400, "RequestTimeout"), FailureKind.TIMEOUT, Effect.REJECTED),

	EXPIRED_TOKEN(() -> FaultyEndpoint.answering(400, "ExpiredToken"), FailureKind.CREDENTIALS, Effect.REJECTED),

	HTML_404(() -> FaultyEndpoint.answeringHtml(404), FailureKind.BROKEN_RESPONSE, Effect.REJECTED),

	HTML_200(() -> FaultyEndpoint.answeringHtml(200), FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN),

	UNKNOWN_CODE(() -> FaultyEndpoint.answering(400, "NeverHeardOf"), FailureKind.UNEXPECTED, Effect.REJECTED);

	private final Supplier<FaultyEndpoint> endpoint;

	private final FailureKind kind;

	private final Effect effect;

	Fault(Supplier<FaultyEndpoint> endpoint, FailureKind kind, Effect effect) {
		this.endpoint = endpoint;
		this.kind = kind;
		this.effect = effect;
	}

	public FaultyEndpoint open() {
		return this.endpoint.get();
	}

	public FailureKind kind() {
		return this.kind;
	}

	public Effect effect() {
		return this.effect;
	}

}
