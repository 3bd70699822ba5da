package io.s3s3.testkit;

import java.util.function.Supplier;

import io.s3s3.failure.Effect;
import io.s3s3.failure.FailureKind;

/**
 * What may be wrong with a location, and what is expected to be made of it.
 */
public enum Fault {

	CONNECTION_REFUSED(FaultyEndpoint::refusing, FailureKind.CONNECTION, Effect.NOT_SENT),

	CONNECT_BLACK_HOLE(FaultyEndpoint::unconnectable, FailureKind.TIMEOUT, Effect.NOT_SENT),

	UNRESOLVABLE_NAME(FaultyEndpoint::unresolvable, FailureKind.DNS, Effect.NOT_SENT),

	TLS_TO_PLAIN_PORT(FaultyEndpoint::withoutTls, FailureKind.TLS, Effect.NOT_SENT),

	NEVER_ANSWERS(FaultyEndpoint::silent, FailureKind.TIMEOUT, Effect.UNKNOWN),

	RESET_BEFORE_REQUEST(FaultyEndpoint::resettingAtOnce, FailureKind.RESET, Effect.UNKNOWN),

	RESET_AFTER_REQUEST(FaultyEndpoint::resetting, FailureKind.RESET, Effect.UNKNOWN),

	CLOSE_WITHOUT_ANSWER(FaultyEndpoint::closing, FailureKind.RESET, Effect.UNKNOWN),

	STATUS_500(500, "InternalError", FailureKind.SERVER_ERROR, Effect.UNKNOWN),

	STATUS_501(501, "NotImplemented", FailureKind.SERVER_ERROR, Effect.REJECTED),

	STATUS_502_HTML(() -> FaultyEndpoint.answeringHtml(502), FailureKind.SERVER_ERROR, Effect.UNKNOWN),

	STATUS_503_SLOW_DOWN(503, "SlowDown", FailureKind.THROTTLED, Effect.REJECTED),

	STATUS_503_EMPTY(503, "", FailureKind.SERVER_ERROR, Effect.UNKNOWN),

	STATUS_504(504, "", FailureKind.SERVER_ERROR, Effect.UNKNOWN),

	STATUS_429(429, "", FailureKind.THROTTLED, Effect.REJECTED),

	REQUEST_TIMEOUT(400, "RequestTimeout", FailureKind.TIMEOUT, Effect.REJECTED),

	EXPIRED_TOKEN(400, "ExpiredToken", FailureKind.CREDENTIALS, Effect.REJECTED),

	INVALID_TOKEN(400, "InvalidToken", FailureKind.CREDENTIALS, Effect.REJECTED),

	BAD_DIGEST(400, "BadDigest", FailureKind.UNEXPECTED, Effect.REJECTED),

	UNKNOWN_CODE(400, "NeverHeardOf", FailureKind.UNEXPECTED, Effect.REJECTED),

	INVALID_ACCESS_KEY(403, "InvalidAccessKeyId", FailureKind.CREDENTIALS, Effect.REJECTED),

	SIGNATURE_MISMATCH(403, "SignatureDoesNotMatch", FailureKind.CREDENTIALS, Effect.REJECTED),

	NO_SUCH_BUCKET(404, "NoSuchBucket", FailureKind.NO_SUCH_BUCKET, Effect.REJECTED),

	PERMANENT_REDIRECT(301, "PermanentRedirect", FailureKind.REDIRECT, Effect.REJECTED),

	TEMPORARY_REDIRECT(307, "TemporaryRedirect", FailureKind.REDIRECT, Effect.REJECTED),

	HTML_404(() -> FaultyEndpoint.answeringHtml(404), FailureKind.BROKEN_RESPONSE, Effect.REJECTED),

	HTML_200(() -> FaultyEndpoint.answeringHtml(200), FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN),

	INVALID_ARGUMENT(400, "InvalidArgument", FailureKind.REQUEST),

	MALFORMED_XML(400, "MalformedXML", FailureKind.REQUEST),

	ACCESS_DENIED(403, "AccessDenied", FailureKind.ACCESS_DENIED),

	NO_SUCH_KEY(404, "NoSuchKey", FailureKind.ANSWER),

	OPERATION_ABORTED(409, "OperationAborted", FailureKind.ANSWER),

	PRECONDITION_FAILED(412, "PreconditionFailed", FailureKind.ANSWER),

	NOT_MODIFIED(304, "", FailureKind.ANSWER),

	INVALID_RANGE(416, "InvalidRange", FailureKind.ANSWER);

	private final Supplier<FaultyEndpoint> endpoint;

	private final int status;

	private final FailureKind kind;

	private final Effect effect;

	private final boolean curable;

	Fault(Supplier<FaultyEndpoint> endpoint, FailureKind kind, Effect effect) {
		this(endpoint, 0, kind, effect, true);
	}

	Fault(int status, String code, FailureKind kind, Effect effect) {
		this(() -> FaultyEndpoint.answering(status, code), status, kind, effect, true);
	}

	Fault(int status, String code, FailureKind kind) {
		this(() -> FaultyEndpoint.answering(status, code), status, kind, Effect.REJECTED, false);
	}

	Fault(Supplier<FaultyEndpoint> endpoint, int status, FailureKind kind, Effect effect, boolean curable) {
		this.endpoint = endpoint;
		this.status = status;
		this.kind = kind;
		this.effect = effect;
		this.curable = curable;
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

	/**
	 * Whether another location is asked.
	 * @return whether the fault is curable there
	 */
	public boolean curable() {
		return this.curable;
	}

	/**
	 * Whether another location is asked when the request is a HEAD: its answer has no
	 * code, only the status speaks.
	 * @return whether the fault is curable there
	 */
	public boolean curableForHead() {
		return switch (this) {
			case INVALID_ACCESS_KEY, SIGNATURE_MISMATCH, NO_SUCH_BUCKET, HTML_404 -> false;
			default -> this.curable || this.status == 400;
		};
	}

}
