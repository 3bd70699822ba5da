package io.s3s3.internal.blocking;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import io.s3s3.internal.call.CallKind;
import io.s3s3.internal.download.FileDownload;
import io.s3s3.internal.hedge.Rival;
import io.s3s3.internal.http.HedgingMark;
import io.s3s3.internal.io.EncryptingClients;
import io.s3s3.internal.operation.LeafMethod;
import io.s3s3.internal.operation.ResponseValidator;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.internal.upload.MultipartUpload;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * What a call of the blocking client does at a location, once for each attempt. Not
 * thread-safe; one per call.
 */
public abstract class Invocation extends CallKind {

	static final LeafMethod PUT_OBJECT = LeafMethod.of(S3Client.class, "putObject", PutObjectResponse.class,
			PutObjectRequest.class, RequestBody.class);

	static final LeafMethod GET_OBJECT = LeafMethod.of(S3Client.class, "getObject", Object.class,
			GetObjectRequest.class, ResponseTransformer.class);

	private final LeafMethod method;

	Invocation(LeafMethod method) {
		this.method = method;
	}

	/**
	 * Create an invocation that extends another one.
	 */
	Invocation(Invocation other) {
		this.method = other.method;
	}

	/**
	 * Create the invocation of a leaf method of {@link S3Client}.
	 * @param method the method
	 * @param argument what it takes besides the request: a body, a transformer, or
	 * {@code null}
	 * @param settings how bodies are buffered and verified
	 * @return the invocation
	 */
	public static Invocation of(LeafMethod method, @Nullable Object argument, TransferSettings settings) {
		if (argument instanceof RequestBody body) {
			return new UploadInvocation(method, body, settings);
		}
		if (argument instanceof ResponseTransformer<?, ?> transformer) {
			return new DownloadInvocation(method, transformer, settings);
		}
		if (method.lists()) {
			return new Listing(method);
		}
		return method.name().equals("deleteObjects") ? new BatchDeletion(method) : new PlainInvocation(method);
	}

	/**
	 * Create the invocation that reads an object into a file.
	 * @param target the file, which must not exist
	 * @param settings whether and how it is fetched in parts
	 * @return the invocation
	 * @throws software.amazon.awssdk.core.exception.SdkClientException if the file
	 * exists, or its directory does not
	 */
	public static Invocation ofDownload(Path target, TransferSettings settings) {
		FileDownload.requireCreatable(target);
		return new DownloadInvocation(GET_OBJECT, new FileDownload(target, settings), settings);
	}

	/**
	 * Create the invocation that stores an object of any size.
	 * @param request the request to store it
	 * @param body its content
	 * @param settings how bodies are buffered and split
	 * @param incomplete takes care of multipart uploads that are given up
	 * @return the invocation
	 */
	public static Invocation ofUpload(PutObjectRequest request, RequestBody body, TransferSettings settings,
			IncompleteUploads incomplete) {
		return MultipartUpload.isFor(request, body.optionalContentLength().orElse(-1L), settings)
				? new MultipartInvocation(new MultipartUpload(body, settings, incomplete))
				: new UploadInvocation(PUT_OBJECT, body, settings);
	}

	/**
	 * Make the call.
	 * @param call the call
	 * @return what the client of the location that served it returned
	 * @throws Exception what the client of a location threw
	 */
	@Nullable Object carryOut(BlockingCall call) throws Exception {
		return call.run(this);
	}

	/**
	 * Prepare an attempt, outside of the time that it takes.
	 * @param attempt the attempt
	 */
	void prepare(AttemptContext attempt) {
	}

	/**
	 * Call a location.
	 * @param request the request as the location understands it
	 * @param attempt where to send it, and what else an attempt may need
	 * @return what the client returned
	 * @throws Throwable what the client threw
	 */
	abstract @Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable;

	/**
	 * Have the client of the other location prepare a second request. The client does not
	 * send it, so there is no answer.
	 * @param rival the request
	 * @param attempt the attempt that it is for
	 * @return a completed future, or {@code null} if the client cannot do that
	 */
	@Nullable CompletableFuture<?> prepareRival(Rival rival, AttemptContext attempt) {
		S3Client client = rival.location().client();
		if (!HedgingMark.isOn(client) || EncryptingClients.encrypts(client)
				|| EncryptingClients.encrypts(attempt.client())) {
			return null;
		}
		S3Request request = asSent(rival.request().get(), client);
		if (request instanceof GetObjectRequest get) {
			client.getObject(get, ResponseTransformer.toBytes());
		}
		else {
			client.headObject((HeadObjectRequest) request);
		}
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * Return a request as it is given to the client of a location.
	 */
	S3Request asSent(S3Request request, S3Client client) {
		return request;
	}

	/**
	 * Ask a location the {@link #question} of a failed attempt.
	 * @param request the request
	 * @param attempt the attempt that failed
	 * @return what the attempt returns after all
	 * @throws Throwable what the attempt fails with
	 */
	@Nullable Object ask(S3Request request, AttemptContext attempt) throws Throwable {
		if (request instanceof ListObjectVersionsRequest versions && !this.method.lists()) {
			return attempt.client().listObjectVersions(versions);
		}
		return (request instanceof HeadObjectRequest head && this.method.name().equals("putObject"))
				? attempt.client().headObject(head) : invoke(request, attempt);
	}

	/**
	 * Call a client with exactly what the caller passed.
	 */
	@Nullable Object passThrough(S3Client client, S3Request request) throws Throwable {
		return call(client, request);
	}

	/**
	 * Called when the call is over: release its resources.
	 */
	void close() {
	}

	static @Nullable Object checked(@Nullable Object result, S3Client client) {
		if (result instanceof S3Response response) {
			ResponseValidator.requireS3(response, client);
		}
		return result;
	}

	@Nullable Object call(S3Client client, S3Request request) throws Throwable {
		return call(client, request, null);
	}

	@Nullable Object call(S3Client client, S3Request request, @Nullable Object argument) throws Throwable {
		return this.method.call(client, request, argument);
	}

}
