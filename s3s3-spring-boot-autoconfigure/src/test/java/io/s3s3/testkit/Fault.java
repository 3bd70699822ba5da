package io.s3s3.testkit;

import java.net.URI;
import java.util.function.Supplier;

import io.s3s3.autoconfigure.LocationClientCustomizer;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer.End;
import io.s3s3.testkit.Expectation.Scope;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * What may be wrong with a location, and how it is to be handled.
 */
public enum Fault {

	CONNECTION_REFUSED(FaultyEndpoint::refusing, Expectation.outage(FailureKind.CONNECTION, Effect.NOT_SENT)),

	CONNECT_BLACK_HOLE(FaultyEndpoint::unconnectable, Expectation.outage(FailureKind.TIMEOUT, Effect.NOT_SENT)),

	UNRESOLVABLE_NAME(FaultyEndpoint::unresolvable, Expectation.outage(FailureKind.DNS, Effect.NOT_SENT)),

	TLS_TO_PLAIN_PORT(FaultyEndpoint::withoutTls, Expectation.outage(FailureKind.TLS, Effect.NOT_SENT)),

	UNTRUSTED_CERTIFICATE(FaultyEndpoint::untrusted, Expectation.outage(FailureKind.TLS, Effect.NOT_SENT)),

	CERTIFICATE_FOR_ANOTHER_NAME(FaultyEndpoint::misnamed, Expectation.outage(FailureKind.TLS, Effect.NOT_SENT)),

	CREDENTIALS_PROVIDER_THROWS(FaultyEndpoint::refusing,
			Expectation.outage(FailureKind.CREDENTIALS, Effect.NOT_SENT)) {

		@Override
		ApplicationContextRunner prepare(ApplicationContextRunner context) {
			LocationClientCustomizer broken = new LocationClientCustomizer() {

				@Override
				public void customize(LocationRole role, S3ClientBuilder builder) {
					breakCredentials(role, builder);
				}

				@Override
				public void customize(LocationRole role, S3AsyncClientBuilder builder) {
					breakCredentials(role, builder);
				}

			};
			return context.withBean("broken", LocationClientCustomizer.class, () -> broken);
		}

	},

	NEVER_ANSWERS(FaultyEndpoint::silent, Expectation.outage(FailureKind.TIMEOUT, Effect.UNKNOWN)),

	STOPS_READING(FaultyEndpoint::deaf, Expectation.outage(FailureKind.TIMEOUT, Effect.UNKNOWN)),

	RESET_BEFORE_REQUEST(FaultyEndpoint::resettingAtOnce,
			Expectation.outage(FailureKind.RESET, Effect.UNKNOWN).twice()),

	RESET_IN_REQUEST_BODY(FaultyEndpoint::resettingInBody,
			Expectation.outage(FailureKind.RESET, Effect.UNKNOWN).twice()),

	RESET_AFTER_REQUEST(FaultyEndpoint::resetting, Expectation.outage(FailureKind.RESET, Effect.UNKNOWN).twice()),

	CLOSE_WITHOUT_ANSWER(FaultyEndpoint::closing, Expectation.outage(FailureKind.RESET, Effect.UNKNOWN).twice()),

	ANSWER_STALLS_IN_HEAD(() -> AnsweringEndpoint.answering(Answer.success("").endingWith(End.SILENCE_IN_HEAD)),
			Expectation.outage(FailureKind.TIMEOUT, Effect.UNKNOWN)),

	ANSWER_DRIPS_FROM_THE_HEAD(
			() -> AnsweringEndpoint.answering(Answer.success("").endingWith(End.DRIP_FROM_THE_FIRST_BYTE)),
			Expectation.outage(FailureKind.TIMEOUT, Effect.UNKNOWN)),

	BODY_NEVER_BEGINS(
			() -> AnsweringEndpoint.answering(Scope.BODY, Answer.success("").claiming(100).endingWith(End.SILENCE)),
			Expectation.outage(FailureKind.TIMEOUT, Effect.UNKNOWN).breaking(Scope.BODY)),

	BODY_STALLS(
			() -> AnsweringEndpoint.answering(Scope.BODY,
					Answer.success(Documents.BEGUN).claiming(100).endingWith(End.SILENCE)),
			Expectation.outage(FailureKind.TIMEOUT, Effect.UNKNOWN).breaking(Scope.BODY)),

	BODY_DRIPS(
			() -> AnsweringEndpoint.answering(Scope.BODY,
					Answer.success(Documents.BEGUN).claiming(100).endingWith(End.DRIP)),
			Expectation.outage(FailureKind.TIMEOUT, Effect.UNKNOWN).breaking(Scope.BODY)),

	BODY_IS_RESET(
			() -> AnsweringEndpoint.answering(Scope.BODY,
					Answer.success(Documents.BEGUN).claiming(100).endingWith(End.RESET)),
			Expectation.outage(FailureKind.RESET, Effect.UNKNOWN).twice().breaking(Scope.BODY)),

	BODY_IS_TRUNCATED(() -> AnsweringEndpoint.answering(Scope.BODY, Answer.success(Documents.BEGUN).claiming(100)),
			Expectation.outage(FailureKind.RESET, Effect.UNKNOWN).twice().breaking(Scope.BODY)),

	DOCUMENT_IS_EMPTY(() -> AnsweringEndpoint.answering(Scope.DOCUMENT, Answer.success("")),
			Expectation.outage(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN).breaking(Scope.DOCUMENT)),

	DOCUMENT_IS_NO_XML(() -> AnsweringEndpoint.answering(Scope.DOCUMENT, Answer.success("%%% no XML")),
			Expectation.outage(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN).twice().breaking(Scope.DOCUMENT)),

	DOCUMENT_IS_CUT(() -> AnsweringEndpoint.answering(Scope.DOCUMENT, Answer.success("<ListBucketResult><Name>")),
			Expectation.outage(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN).twice().breaking(Scope.DOCUMENT)),

	DOCUMENT_IS_ANOTHER(() -> AnsweringEndpoint.answering(Scope.DOCUMENT, Answer.success("<Welcome/>")),
			Expectation.outage(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN).breaking(Scope.DOCUMENT)),

	DOCUMENT_IS_AN_ERROR(
			() -> AnsweringEndpoint.answering(Scope.DOCUMENT,
					Answer.success("<Error><Code>InternalError</Code></Error>")),
			Expectation.outage(FailureKind.SERVER_ERROR, Effect.UNKNOWN).twice().breaking(Scope.DOCUMENT)),

	CHECKSUM_IS_WRONG(
			() -> AnsweringEndpoint.answering(Scope.OBJECT,
					Answer.success("no such thing").with("x-amz-checksum-crc32: AAAAAA==")),
			Expectation.outage(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN).twice().breaking(Scope.OBJECT)),

	HTML_200(() -> AnsweringEndpoint.answering(Answer.html(200)),
			Expectation.outage(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN).twice()),

	HTML_403(() -> AnsweringEndpoint.answering(Answer.html(403)),
			Expectation.outage(FailureKind.BROKEN_RESPONSE, Effect.REJECTED)),

	HTML_404(() -> AnsweringEndpoint.answering(Answer.html(404)),
			Expectation.outage(FailureKind.BROKEN_RESPONSE, Effect.REJECTED)),

	HTML_502(() -> AnsweringEndpoint.answering(Answer.html(502)),
			Expectation.outage(FailureKind.SERVER_ERROR, Effect.UNKNOWN).twice()),

	INTERNAL_ERROR(500, "InternalError", Expectation.outage(FailureKind.SERVER_ERROR, Effect.UNKNOWN).twice()),

	NOT_IMPLEMENTED(501, "NotImplemented", Expectation.setup(FailureKind.SERVER_ERROR, Effect.REJECTED)),

	SLOW_DOWN(503, "SlowDown", Expectation.outage(FailureKind.THROTTLED, Effect.REJECTED)),

	STATUS_503_EMPTY(503, "", Expectation.outage(FailureKind.SERVER_ERROR, Effect.UNKNOWN).twice()),

	STATUS_504_EMPTY(504, "", Expectation.outage(FailureKind.SERVER_ERROR, Effect.UNKNOWN).twice()),

	STATUS_429_EMPTY(429, "", Expectation.outage(FailureKind.THROTTLED, Effect.REJECTED)),

	REQUEST_TIMEOUT(400, "RequestTimeout", Expectation.setup(FailureKind.TIMEOUT, Effect.REJECTED)),

	EXPIRED_TOKEN(400, "ExpiredToken", Expectation.outage(FailureKind.CREDENTIALS, Effect.REJECTED)),

	INVALID_TOKEN(400, "InvalidToken", Expectation.outage(FailureKind.CREDENTIALS, Effect.REJECTED)),

	BAD_DIGEST(400, "BadDigest", Expectation.setup(FailureKind.UNEXPECTED, Effect.REJECTED)),

	CONTENT_HASH_MISMATCH(400, "XAmzContentSHA256Mismatch", Expectation.setup(FailureKind.UNEXPECTED, Effect.REJECTED)),

	UNKNOWN_CODE(400, "NeverHeardOf", Expectation.setup(FailureKind.UNEXPECTED, Effect.REJECTED)),

	INVALID_ACCESS_KEY(403, "InvalidAccessKeyId", Expectation.outage(FailureKind.CREDENTIALS, Effect.REJECTED)),

	SIGNATURE_MISMATCH(403, "SignatureDoesNotMatch", Expectation.outage(FailureKind.CREDENTIALS, Effect.REJECTED)),

	CLOCK_SKEW(403, "RequestTimeTooSkewed", Expectation.outage(FailureKind.CREDENTIALS, Effect.REJECTED).twice()),

	NO_SUCH_BUCKET(404, "NoSuchBucket", Expectation.outage(FailureKind.NO_SUCH_BUCKET, Effect.REJECTED)),

	PERMANENT_REDIRECT(301, "PermanentRedirect", Expectation.outage(FailureKind.REDIRECT, Effect.REJECTED)),

	PERMANENT_REDIRECT_WITH_REGION(
			() -> AnsweringEndpoint
				.answering(Answer.error(301, "PermanentRedirect").with("x-amz-bucket-region: eu-west-1")),
			Expectation.outage(FailureKind.REDIRECT, Effect.REJECTED)),

	TEMPORARY_REDIRECT(307, "TemporaryRedirect", Expectation.outage(FailureKind.REDIRECT, Effect.REJECTED)),

	TEMPORARY_REDIRECT_WITH_REGION(() -> AnsweringEndpoint.answering(Answer.error(307, "TemporaryRedirect")
		.with("x-amz-bucket-region: eu-west-1")
		.with("Location: http://127.0.0.1:9/")), Expectation.outage(FailureKind.REDIRECT, Effect.REJECTED)),

	INVALID_ARGUMENT(400, "InvalidArgument", Expectation.answer(FailureKind.REQUEST)),

	MALFORMED_XML(400, "MalformedXML", Expectation.answer(FailureKind.REQUEST)),

	ACCESS_DENIED(403, "AccessDenied", Expectation.answer(FailureKind.ACCESS_DENIED)),

	NO_SUCH_KEY(404, "NoSuchKey", Expectation.answer(FailureKind.EXPECTED)),

	OPERATION_ABORTED(409, "OperationAborted", Expectation.answer(FailureKind.EXPECTED)),

	PRECONDITION_FAILED(412, "PreconditionFailed", Expectation.answer(FailureKind.EXPECTED)),

	NOT_MODIFIED(304, "", Expectation.answer(FailureKind.EXPECTED)),

	INVALID_RANGE(416, "InvalidRange", Expectation.answer(FailureKind.EXPECTED));

	private final Supplier<FaultyEndpoint> endpoint;

	private final int status;

	private final Expectation expectation;

	Fault(Supplier<FaultyEndpoint> endpoint, Expectation expectation) {
		this.endpoint = endpoint;
		this.status = 0;
		this.expectation = expectation;
	}

	Fault(int status, String code, Expectation expectation) {
		this.endpoint = () -> AnsweringEndpoint.answering(status, code);
		this.status = status;
		this.expectation = expectation;
	}

	public FaultyEndpoint open() {
		return this.endpoint.get();
	}

	// Bring the fault into a context, where it is not in the endpoint.
	ApplicationContextRunner prepare(ApplicationContextRunner context) {
		return context;
	}

	/**
	 * Make a context with the fault at the primary. One that is found out only by waiting
	 * is waited for briefly.
	 * @param primary the endpoint with the fault
	 * @param secondary the endpoint of the secondary
	 * @return the context
	 */
	public ApplicationContextRunner context(FaultyEndpoint primary, URI secondary) {
		// A refusal is found by waiting when the SDK's Netty client forgets who waits.
		boolean impatient = this == CONNECTION_REFUSED
				|| (this.status == 0 && this.expectation.kind() == FailureKind.TIMEOUT);
		return prepare(impatient ? Contexts.impatientPair(primary.uri(), "east", secondary, "west")
				: Contexts.pair(primary.uri(), "east", secondary, "west"));
	}

	public Expectation expectation() {
		return this.expectation;
	}

	private static void breakCredentials(LocationRole role, S3BaseClientBuilder<?, ?> builder) {
		if (role == LocationRole.PRIMARY) {
			builder.credentialsProvider(() -> {
				throw new IllegalStateException("the vault is closed");
			});
		}
	}

	/**
	 * How long an attempt at the location takes at most.
	 * @return the bound, in words
	 */
	public String bound() {
		return switch (this) {
			case CONNECT_BLACK_HOLE -> "connect timeout";
			case STOPS_READING -> "write timeout";
			case NEVER_ANSWERS, ANSWER_STALLS_IN_HEAD, BODY_NEVER_BEGINS, BODY_STALLS -> "read timeout";
			case ANSWER_DRIPS_FROM_THE_HEAD -> "connect timeout + read timeout";
			case BODY_DRIPS -> "read timeout + minimum rate period";
			default -> "at once";
		};
	}

	/**
	 * What is to be made of it when the request is a HEAD: its answer has no code, only
	 * the status speaks.
	 * @return the expectation
	 */
	public Expectation expectationForHead() {
		return switch (this) {
			case INVALID_ACCESS_KEY, SIGNATURE_MISMATCH, CLOCK_SKEW -> Expectation.answer(FailureKind.ACCESS_DENIED);
			case HTML_200 -> Expectation.outage(FailureKind.BROKEN_RESPONSE, Effect.UNKNOWN);
			case NO_SUCH_BUCKET, HTML_404 -> Expectation.answer(FailureKind.EXPECTED);
			case SLOW_DOWN -> Expectation.outage(FailureKind.SERVER_ERROR, Effect.UNKNOWN).twice();
			default ->
				(this.status == 400) ? Expectation.setup(FailureKind.UNEXPECTED, Effect.REJECTED) : this.expectation;
		};
	}

	/**
	 * Parts of answers.
	 */
	private static final class Documents {

		static final String BEGUN = "<ListBucketResult><Name>east</Name>";

		private Documents() {
		}

	}

}
