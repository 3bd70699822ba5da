package io.s3s3.internal.multipart;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.s3s3.location.Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A call about an upload that has been completed: completing it again in the same way
 * gets the same answer.
 */
final class Completion extends UploadPassage {

	private final String key;

	private final List<CompletedPart> parts;

	private final Answer answer;

	Completion(String key, List<CompletedPart> parts, Answer answer) {
		this.key = key;
		this.parts = parts;
		this.answer = answer;
	}

	List<CompletedPart> parts() {
		return this.parts;
	}

	boolean isOf(S3Request request) {
		return request instanceof CompleteMultipartUploadRequest complete && this.key.equals(complete.key())
				&& UploadTranslation.partsOf(complete).equals(this.parts);
	}

	@Override
	public @Nullable Answer earlierAnswer() {
		return this.answer;
	}

	@Override
	public CompletableFuture<Visit> visit(Location location) {
		return CompletableFuture.failedFuture(new IllegalStateException("It is answered already"));
	}

}
