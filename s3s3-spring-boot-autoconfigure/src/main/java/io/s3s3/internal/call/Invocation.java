package io.s3s3.internal.call;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Objects;

import io.s3s3.event.BytesTransferred.Direction;
import io.s3s3.failure.Failure;
import io.s3s3.internal.download.DownloadResumer;
import io.s3s3.internal.download.FailoverResponseTransformer;
import io.s3s3.internal.download.FileDownload;
import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.EncryptingClients;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.internal.upload.MultipartUpload;
import io.s3s3.location.Location;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * What a call does at a location, as often as it is asked to. Not thread-safe: one for
 * each call.
 */
public abstract sealed class Invocation permits BatchDeletion, RangeInvocation, Listing, MultipartInvocation,
		UploadInvocation, Invocation.Download, Invocation.Plain {

	static final Method PUT_OBJECT = putObject();

	private final Method method;

	Invocation(Method method) {
		this.method = method;
	}

	/**
	 * Create the invocation of a leaf method of {@link S3Client}.
	 * @param method the method
	 * @param argument what it takes beside the request: a body, a transformer, or
	 * {@code null} for nothing
	 * @param settings how bodies are kept and verified
	 * @return the invocation
	 */
	public static Invocation of(Method method, @Nullable Object argument, TransferSettings settings) {
		if (argument instanceof RequestBody body) {
			return new UploadInvocation(method, body, settings);
		}
		if (argument instanceof ResponseTransformer<?, ?> transformer) {
			return new Download(method, transformer, settings);
		}
		if (Listing.isDoneBy(method)) {
			return new Listing(method);
		}
		return method.getName().equals("deleteObjects") ? new BatchDeletion(method) : new Plain(method);
	}

	/**
	 * Create the invocation that reads an object into a file.
	 * @param target the file, which must not exist
	 * @param settings from which size on it comes in parts, and in which
	 * @return the invocation
	 * @throws SdkClientException if the file exists, or its directory doesn't
	 */
	public static Invocation ofDownload(Path target, TransferSettings settings) {
		FileDownload.requireCreatable(target);
		return new Download(RangeInvocation.GET_OBJECT, new FileDownload(target, settings), settings);
	}

	/**
	 * Create the invocation that stores an object of any size.
	 * @param request the request to store it
	 * @param body its content
	 * @param settings how bodies are kept and cut
	 * @param abandoned takes care of uploads in parts that are given up
	 * @return the invocation
	 */
	public static Invocation ofUpload(PutObjectRequest request, RequestBody body, TransferSettings settings,
			IncompleteUploads abandoned) {
		return MultipartUpload.isFor(request, body, settings)
				? new MultipartInvocation(new MultipartUpload(body, settings, abandoned))
				: new UploadInvocation(PUT_OBJECT, body, settings);
	}

	// Do what must be done before an attempt, and takes its own time.
	void prepare() {
	}

	/**
	 * Call a location.
	 * @param location the location
	 * @param request the request as the location understands it
	 * @param progress who is told how far a body has come, or {@code null} for nobody
	 * @return what the client returned
	 * @throws Throwable what the client threw
	 */
	abstract @Nullable Object invoke(Location location, S3Request request, @Nullable ByteProgress progress)
			throws Throwable;

	// The response behind what the last attempt returned.
	abstract @Nullable S3Response responseOf(@Nullable Object result);

	// Why it can't be done again, null if it can.
	@Nullable String loss() {
		return null;
	}

	// How many bytes of the body were written to a file.
	long spooled() {
		return 0;
	}

	// Send another body from the next attempt on.
	void replaceBody(RequestBody body) {
		throw new IllegalStateException("The call has no body to send");
	}

	// The call is over.
	void close() {
	}

	// Call a client with all as the caller gave it.
	@Nullable Object passThrough(S3Client client, S3Request request) throws Throwable {
		return call(client, request);
	}

	// The location of the answer that a partial result rests on.
	Location answeredBy() {
		throw new IllegalStateException("There is no partial result");
	}

	// What was done in part when no location did all of it, null if that is nothing.
	@Nullable Object partialResult() {
		return null;
	}

	// Which way the bytes of the body go.
	Direction direction() {
		return Direction.UPLOAD;
	}

	// What a failure of the last attempt really means.
	Failure refine(Failure failure, Throwable error) {
		return failure;
	}

	// Whether it is not too much to do again at the same location after such a failure.
	boolean isWorthRepeating(Failure failure) {
		return true;
	}

	// Whether the location had begun to answer the last attempt.
	boolean hasAnswer() {
		return false;
	}

	// Whether the last attempt asked for an upload in parts and was told of none.
	boolean asksForUpload() {
		return false;
	}

	// Whether the caller's own body failed, which no location can help.
	boolean failedAtCaller() {
		return false;
	}

	static @Nullable Object checked(@Nullable Object result, S3Client client) {
		if (result instanceof S3Response response) {
			ResponseValidator.requireS3(response, client);
		}
		return result;
	}

	private static Method putObject() {
		try {
			return S3Client.class.getMethod("putObject", PutObjectRequest.class, RequestBody.class);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Nullable Object call(S3Client client, @Nullable Object... arguments) throws Throwable {
		try {
			return this.method.invoke(client, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * A request and a response, nothing else.
	 */
	static final class Plain extends Invocation {

		private final boolean asksForUpload;

		Plain(Method method) {
			super(method);
			this.asksForUpload = method.getName().equals("createMultipartUpload");
		}

		@Override
		boolean asksForUpload() {
			return this.asksForUpload;
		}

		@Override
		@Nullable Object invoke(Location location, S3Request request, @Nullable ByteProgress progress) throws Throwable {
			return checked(call(location.client(), request), location.client());
		}

		@Override
		@Nullable S3Response responseOf(@Nullable Object result) {
			return (S3Response) result;
		}

	}

	/**
	 * A response with a body.
	 */
	static final class Download extends Invocation {

		private final ResponseTransformer<?, ?> transformer;

		private final TransferSettings settings;

		private @Nullable FailoverResponseTransformer<?, ?> attempt;

		private @Nullable DownloadResumer continuation;

		Download(Method method, ResponseTransformer<?, ?> transformer, TransferSettings settings) {
			super(method);
			this.transformer = transformer;
			this.settings = settings;
		}

		// Set before each attempt what fetches the rest if its answer breaks.
		void continueBy(DownloadResumer continuation) {
			this.continuation = continuation;
		}

		@Override
		@Nullable Object invoke(Location location, S3Request request, @Nullable ByteProgress progress) throws Throwable {
			this.attempt = new FailoverResponseTransformer<>(this.transformer, this.settings, progress,
					Objects.requireNonNull(this.continuation), EncryptingClients.encrypts(location.client()));
			return call(location.client(), ChecksumRequest.withChecksum(request, location.client()), this.attempt);
		}

		@Override
		@Nullable S3Response responseOf(@Nullable Object result) {
			return (this.attempt != null) ? (S3Response) this.attempt.response() : null;
		}

		@Override
		boolean hasAnswer() {
			return this.attempt != null && this.attempt.response() != null;
		}

		@Override
		boolean failedAtCaller() {
			return this.attempt != null && this.attempt.failedAtCaller();
		}

		@Override
		@Nullable Object passThrough(S3Client client, S3Request request) throws Throwable {
			return call(client, request, this.transformer);
		}

		@Override
		Direction direction() {
			return Direction.DOWNLOAD;
		}

	}

}
