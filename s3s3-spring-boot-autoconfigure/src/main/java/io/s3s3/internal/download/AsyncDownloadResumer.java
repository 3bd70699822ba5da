package io.s3s3.internal.download;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Fetches the rest of an asynchronous download that broke. Each answer has a resumer of
 * its own, which knows where the answer came from.
 */
public interface AsyncDownloadResumer {

	/**
	 * Called with the answer that begins the download.
	 * @param response the answer
	 * @param handOn passes it on; takes the reason not to, or {@code null}
	 */
	void begin(S3Response response, Consumer<@Nullable RuntimeException> handOn);

	/**
	 * Fetch what is missing. Called on a thread that may block.
	 * @param broken the download and its position
	 * @param cancelled completes when nobody wants the rest any more
	 * @return completes with the rest, with {@code null} if no other answer could help,
	 * or with an {@link java.io.IOException} if no location has it
	 */
	CompletableFuture<@Nullable AsyncBodySegment> resume(ResumePoint broken, CompletableFuture<?> cancelled);

}
