package io.s3s3.internal.http;

import java.time.Duration;

import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

import org.springframework.util.Assert;

/**
 * How long to wait for the first byte of an answer, and between two of its bytes: short
 * where another location could stand in, longer where none could, and long from the start
 * for operations that S3 completes before it answers.
 *
 * @param usual the timeout while another location could stand in, more than zero
 * @param last the timeout where none could, at least the usual one
 * @param slow the timeout for copies, completions of uploads, batch deletions and
 * queries, more than zero
 */
public record ReadTimeouts(Duration usual, Duration last, Duration slow) {

	/**
	 * Create timeouts.
	 */
	public ReadTimeouts {
		Assert.isTrue(usual.toNanos() > 0, () -> "The read timeout must be more than zero, not " + usual);
		Assert.isTrue(last.compareTo(usual) >= 0,
				() -> "The read timeout of the last attempt must be at least the usual one, not " + last);
		Assert.isTrue(slow.toNanos() > 0,
				() -> "The read timeout of slow operations must be more than zero, not " + slow);
	}

	/**
	 * Return the timeout of a request within an attempt.
	 * @param request the request
	 * @param scope the scope of the attempt
	 * @return the timeout
	 */
	Duration of(SdkHttpRequest request, AttemptScope scope) {
		Duration timeout = of(scope);
		return (takesItsTime(request) && this.slow.compareTo(timeout) > 0) ? this.slow : timeout;
	}

	/**
	 * Return the timeout of an operation that is not slow.
	 * @param scope the scope of the attempt
	 * @return the timeout
	 */
	public Duration of(AttemptScope scope) {
		return scope.patient() ? this.last : this.usual;
	}

	/**
	 * Return the longest of the timeouts.
	 * @return the timeout
	 */
	public Duration longest() {
		return (this.slow.compareTo(this.last) > 0) ? this.slow : this.last;
	}

	private static boolean takesItsTime(SdkHttpRequest request) {
		if (request.firstMatchingHeader("x-amz-copy-source").isPresent()) {
			return true;
		}
		return request.method() == SdkHttpMethod.POST
				&& (has(request, "uploadId") || has(request, "delete") || has(request, "select"));
	}

	private static boolean has(SdkHttpRequest request, String parameter) {
		return request.rawQueryParameters().containsKey(parameter);
	}

}
