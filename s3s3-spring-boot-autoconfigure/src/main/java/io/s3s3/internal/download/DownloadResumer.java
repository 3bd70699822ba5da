package io.s3s3.internal.download;

import java.io.IOException;

import io.s3s3.internal.io.ByteProgress;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * Fetches the rest of a download that broke. Each answer has a continuation of its own,
 * which knows where the answer came from.
 *
 * @since 0.1.0
 */
public interface DownloadResumer {

	/**
	 * Take notice of the answer that the download begins with. That may be once more:
	 * then what became of the one before does not matter any longer.
	 */
	void begin();

	/**
	 * Fetch what is missing.
	 * @param broken the download, and how far it has come
	 * @return the rest, or {@code null} if what broke it is nothing that another answer
	 * could cure
	 * @throws IOException if no location has the rest
	 */
	@Nullable ResumedBody resume(ResumePoint broken) throws IOException;

	/**
	 * Fetch a part of the object besides, from whatever location has it. Thread-safe.
	 * @param part the part
	 * @param verifiable whether a checksum of the object will tell if the part belongs to
	 * it
	 * @return the part
	 * @throws IOException if no location has it
	 */
	ResumedBody open(ObjectRange part, boolean verifiable) throws IOException;

	/**
	 * The rest of a download, or as much of it as comes before it breaks again.
	 *
	 * @param object what the whole body is to bring, with its end if that was not known
	 * @param firstByte the first byte that is missing, so that each answer brings one
	 * @param stream the bytes behind it
	 * @param continuation what fetches the rest if this breaks, too
	 * @param progress who is told how far the whole body has come, or {@code null} for
	 * nobody
	 */
	record ResumedBody(ObjectRange object, int firstByte, AbortableInputStream stream, DownloadResumer continuation,
			@Nullable ByteProgress progress) {

	}

}
