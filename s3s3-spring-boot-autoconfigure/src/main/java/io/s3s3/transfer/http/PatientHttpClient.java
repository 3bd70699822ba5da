package io.s3s3.transfer.http;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Waits longer for the answer to what S3 carries out before it answers: copies and the
 * completion of multipart uploads. All else is expected to begin its answer at once.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class PatientHttpClient implements SdkHttpClient {

	private final SdkHttpClient quick;

	private final SdkHttpClient patient;

	/**
	 * Create a client of two; both are closed with it.
	 * @param quick the client for most requests
	 * @param patient the client for those whose answer takes its time
	 */
	public PatientHttpClient(SdkHttpClient quick, SdkHttpClient patient) {
		this.quick = quick;
		this.patient = patient;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		return (takesItsTime(request.httpRequest()) ? this.patient : this.quick).prepareRequest(request);
	}

	private static boolean takesItsTime(SdkHttpRequest request) {
		if (request.firstMatchingHeader("x-amz-copy-source").isPresent()) {
			return true;
		}
		return request.method() == SdkHttpMethod.POST && request.firstMatchingRawQueryParameter("uploadId").isPresent();
	}

	@Override
	public void close() {
		this.quick.close();
		this.patient.close();
	}

	@Override
	public String clientName() {
		return this.quick.clientName();
	}

}
