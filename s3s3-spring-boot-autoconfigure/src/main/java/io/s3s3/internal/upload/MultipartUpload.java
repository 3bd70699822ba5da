package io.s3s3.internal.upload;

import java.io.IOException;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.EncryptingClients;
import io.s3s3.location.Location;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Uploads content that is large or of unknown length in parts, once for each attempt.
 * Content that turns out to be smaller than a part is stored by one request. Not
 * thread-safe; one per call, which closes it.
 */
public final class MultipartUpload implements SentBody, AutoCloseable {

	private final TransferSettings settings;

	private final IncompleteUploads incomplete;

	private RequestBody body;

	private long length;

	private @Nullable Content content;

	/** The whole content, if it is no more than a part. */
	private @Nullable Part small;

	private boolean possiblyStored;

	private boolean possiblyBegun;

	/** Also written by the threads that send parts. */
	private volatile @Nullable Throwable callerFailure;

	/**
	 * Create an upload.
	 * @param body the content as the caller made it
	 * @param settings how it is buffered and split
	 * @param incomplete takes care of uploads that are given up
	 */
	public MultipartUpload(RequestBody body, TransferSettings settings, IncompleteUploads incomplete) {
		this.body = body;
		this.length = body.optionalContentLength().orElse(-1L);
		this.settings = settings;
		this.incomplete = incomplete;
	}

	/**
	 * Return whether content is uploaded in parts, or may have to be. Content with a
	 * checksum of the whole is not, nor is content that is appended to an object.
	 * @param request the request to store it
	 * @param length the length of the content, or -1 if that is unknown
	 * @param settings the size from which on it is large
	 * @return whether this class uploads it
	 */
	public static boolean isFor(PutObjectRequest request, long length, TransferSettings settings) {
		return (length < 0 || length > settings.multipartThreshold().toBytes())
				&& !MultipartRequests.hasChecksum(request) && request.writeOffsetBytes() == null;
	}

	/**
	 * Read what must be known before the first request: content of unknown length up to
	 * the end of the first part, if it is kept. Does nothing if that has been done.
	 * @throws SdkClientException if the content cannot be read
	 */
	public void prepare() {
		reset();
		long partSize = this.settings.partSize().toBytes();
		if (this.length < 0 && this.small == null) {
			try {
				Content content = content();
				if (content.holds(partSize)) {
					content.fill(partSize);
				}
			}
			catch (IOException ex) {
				throw unreadable(ex);
			}
		}
	}

	/**
	 * Upload the content to a location.
	 * @param location the location
	 * @param request the request to store it, addressed to the location
	 * @param judge judges the outcomes of its requests
	 * @param progress receives the progress, or {@code null}
	 * @return the response
	 * @throws Exception what the client of the location threw
	 */
	public PutObjectResponse at(Location location, PutObjectRequest request, AnswerJudge judge,
			@Nullable ByteProgress progress) throws Exception {
		reset();
		try {
			long partSize = PartSplitter.sizeFor(this.length, this.settings.partSize().toBytes(),
					EncryptingClients.encrypts(location.client()));
			PartSplitter splitter = new PartSplitter(content(), this.length, partSize);
			if (this.small == null && this.length < 0 && splitter.first().last()) {
				this.small = splitter.next();
			}
			UploadTarget target = new UploadTarget(location, request, judge, progress, System.nanoTime());
			return (this.small != null) ? put(target, this.small) : inParts(target, splitter);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	private void reset() {
		this.possiblyStored = false;
		this.possiblyBegun = false;
		this.callerFailure = null;
	}

	private SdkClientException unreadable(IOException error) {
		this.callerFailure = error;
		return SdkClientException.create("Could not read the body: " + error.getMessage(), error);
	}

	/**
	 * Return whether the last attempt may have stored the object.
	 * @return {@code false} if S3 was never asked to assemble the object
	 */
	public boolean isPossiblyStored() {
		return this.possiblyStored;
	}

	/**
	 * Return whether the last attempt asked for a multipart upload and got no answer.
	 * @return whether there may be an upload of unknown id
	 */
	public boolean isPossiblyBegun() {
		return this.possiblyBegun;
	}

	@Override
	public @Nullable String notReplayableReason() {
		return (this.content != null && this.small == null) ? this.content.notReplayableReason() : null;
	}

	@Override
	public @Nullable Throwable callerFailure() {
		return this.callerFailure;
	}

	@Override
	public void replaceWith(RequestBody replacement) {
		UploadBody.requireLength(replacement, this.length);
		close();
		this.content = null;
		this.small = null;
		this.body = replacement;
		this.length = replacement.optionalContentLength().orElse(-1L);
	}

	@Override
	public void close() {
		Content content = this.content;
		if (content != null) {
			content.close();
		}
	}

	private PutObjectResponse put(UploadTarget target, Part all) {
		this.possiblyStored = true;
		RequestBody content = all.body(target.progress(), this::readFailed, this.body.contentType());
		return target.checked(target.client().putObject(target.request(), content));
	}

	private PutObjectResponse inParts(UploadTarget target, PartSplitter splitter) throws Exception {
		MultipartAttempt upload = new MultipartAttempt(target.inParts(this.body.contentType()), splitter, this.settings,
				this.incomplete, this::readFailed);
		try {
			return upload.run();
		}
		catch (IOException ex) {
			this.callerFailure = ex;
			throw ex;
		}
		finally {
			this.possiblyStored = upload.isCompleting();
			this.possiblyBegun = upload.isCreating();
			upload.leftover().ifPresent(this::giveUp);
		}
	}

	/**
	 * Give up an upload: abort it now unless the location is what failed, in which case
	 * it is aborted when the location is back.
	 */
	private void giveUp(IncompleteUpload leftover) {
		if (this.callerFailure != null && leftover.awaitWorkers() && leftover.abort()) {
			this.incomplete.ended(leftover.request().uploadId());
		}
		else {
			this.incomplete.add(leftover);
		}
	}

	private void readFailed(Throwable failure) {
		this.callerFailure = failure;
	}

	private Content content() {
		if (this.content == null) {
			this.content = open();
		}
		return this.content;
	}

	private Content open() {
		ContentStreamProvider provider = this.body.contentStreamProvider();
		if (this.length >= 0 && (provider instanceof FileContent || UploadBody.isInMemory(provider))) {
			return new ReopenedContent(provider, this.length);
		}
		try {
			return new ReplayBuffer(UploadBody.open(provider, this.length, this.settings), this.settings,
					this::readFailed);
		}
		catch (RuntimeException ex) {
			this.callerFailure = ex;
			throw ex;
		}
	}

}
