package io.s3s3.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

import io.s3s3.internal.io.ClientConfiguration;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTorrentRequest;
import software.amazon.awssdk.services.s3.model.SelectObjectContentRequest;

/**
 * Guards a client against answers of a broken or hostile server: documents and errors,
 * which are read into memory, end at a limit, and an HTML page or an error of S3 is not a
 * success. Objects pass unchanged. For blocking and asynchronous clients. Thread-safe.
 */
public final class AnswerGuard implements ExecutionInterceptor {

	/**
	 * The maximum number of bytes of a document: {@value}. The longest one of S3 lists
	 * 1,000 keys of 1,024 bytes, each of which takes at most six in XML.
	 */
	public static final long MAX_DOCUMENT = 8L << 20;

	/**
	 * The maximum number of bytes of an error: {@value}.
	 */
	public static final long MAX_ERROR = 1L << 18;

	/**
	 * Return whether a client is guarded.
	 * @param client the client
	 * @return whether it is; {@code false} also if the client does not reveal it
	 */
	public static boolean isPartOf(SdkClient client) {
		return ClientConfiguration.of(client)
			.map((configuration) -> configuration.overrideConfiguration().executionInterceptors())
			.filter((interceptors) -> interceptors.stream().anyMatch(AnswerGuard.class::isInstance))
			.isPresent();
	}

	@Override
	public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes executionAttributes) {
		SdkHttpResponse response = context.httpResponse();
		InputStream body = context.responseBody().orElse(null);
		if (body == null || passes(context.request(), response)) {
			return context.responseBody();
		}
		Runnable abort = (body instanceof Abortable abortable) ? abortable::abort : () -> {
		};
		InputStream limited = new LimitedInputStream(body, limit(response), abort);
		try {
			limited = response.isSuccessful() ? genuine(context.request(), response, limited) : readAhead(limited);
		}
		catch (IOException ex) {
			throw SdkClientException.create("Unable to read the answer", ex);
		}
		return Optional.of(AbortableInputStream.create(limited, abort::run));
	}

	@Override
	public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes executionAttributes) {
		SdkHttpResponse response = context.httpResponse();
		if (passes(context.request(), response)) {
			return context.responsePublisher();
		}
		return context.responsePublisher()
			.map((body) -> new GuardedAnswer(body, limit(response), response.isSuccessful()
					? (beginning) -> FalseSuccess.find(context.request(), response, beginning) : null));
	}

	private static long limit(SdkHttpResponse response) {
		return response.isSuccessful() ? MAX_DOCUMENT : MAX_ERROR;
	}

	private static boolean passes(SdkRequest request, SdkHttpResponse response) {
		return (isObject(request) && response.isSuccessful()) || AnswerSigns.isEmpty(response);
	}

	/**
	 * Read an error completely. The SDK treats an error that it cannot read as one
	 * without a code.
	 */
	private static InputStream readAhead(InputStream error) throws IOException {
		try (error) {
			return new ByteArrayInputStream(error.readAllBytes());
		}
	}

	private static boolean isObject(SdkRequest request) {
		return request instanceof GetObjectRequest || request instanceof GetObjectTorrentRequest
				|| request instanceof SelectObjectContentRequest;
	}

	private static InputStream genuine(SdkRequest request, SdkHttpResponse response, InputStream body)
			throws IOException {
		byte[] beginning = body.readNBytes(AnswerSigns.PEEK);
		SdkException error = FalseSuccess.find(request, response, beginning);
		if (error != null) {
			throw error;
		}
		return new SequenceInputStream(new ByteArrayInputStream(beginning), body);
	}

}
