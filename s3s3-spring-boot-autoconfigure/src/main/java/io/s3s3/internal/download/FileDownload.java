package io.s3s3.internal.download;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.s3s3.internal.text.Printable;
import io.s3s3.transfer.TransferSettings;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Writes a download into a new file: first next to it, under a hidden name, then in its
 * place, so that the file appears only once it is complete. A large object is fetched in
 * parts, in parallel. As with {@link ResponseTransformer#toFile(Path)}, the file must not
 * exist, and its directory must. Thread-safe.
 */
public final class FileDownload implements ResponseTransformer<GetObjectResponse, GetObjectResponse> {

	private final Path target;

	private final TransferSettings settings;

	/** Whether parts could not be fetched, so that starting over does without. */
	private boolean failedInParts;

	/**
	 * Create a download.
	 * @param target the file
	 * @param settings whether and how an object is fetched in parts
	 */
	public FileDownload(Path target, TransferSettings settings) {
		this.target = target;
		this.settings = settings;
	}

	/**
	 * Refuse a file that a download could not create, before anything is sent.
	 * @param target the file
	 * @throws SdkClientException if the file exists, or its directory does not
	 */
	public static void requireCreatable(Path target) {
		if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
			throw SdkClientException.create("Can't download into " + Printable.of(target) + ": it exists",
					new FileAlreadyExistsException(target.toString()));
		}
		Path directory = target.toAbsolutePath().getParent();
		if (directory == null || !Files.isDirectory(directory)) {
			throw SdkClientException.create("Can't download into " + Printable.of(target) + ": there is no directory "
					+ Printable.of(directory), new NoSuchFileException(String.valueOf(directory)));
		}
	}

	@Override
	public GetObjectResponse transform(GetObjectResponse response, AbortableInputStream stream) throws Exception {
		return write(response, (file) -> file.copy(stream, 0, Long.MAX_VALUE, (bytes) -> {
		}));
	}

	GetObjectResponse transform(GetObjectResponse response, ResumingInputStream body) throws IOException {
		boolean large = isLarge(body.object()) && !this.failedInParts;
		return write(response, (file) -> {
			if (large) {
				this.failedInParts = true;
				new ParallelDownload(body, file, this.settings).run();
				this.failedInParts = false;
			}
			else {
				file.copy(body, 0, Long.MAX_VALUE, (bytes) -> {
				});
			}
			if (large ? (this.settings.digestStreams() || body.resumer().hasJoined()) : body.isUnverified()) {
				file.verify(ObjectDigest.of(response));
			}
		});
	}

	/**
	 * Return whether an object is fetched in parts.
	 */
	boolean isLarge(ObjectRange object) {
		return object.isWhole() && object.length() > this.settings.multipartThreshold().toBytes()
				&& object.length() > this.settings.partSize().toBytes() && this.settings.partConcurrency() > 1;
	}

	private GetObjectResponse write(GetObjectResponse response, Content content) throws IOException {
		if (Files.exists(this.target, LinkOption.NOFOLLOW_LINKS)) {
			throw new IOException(message(), new FileAlreadyExistsException(this.target.toString()));
		}
		try (PartFile file = PartFile.beside(this.target)) {
			content.writeTo(file);
			file.moveTo(this.target);
			return response;
		}
		catch (FileSystemException ex) {
			throw new IOException(message(), ex);
		}
		catch (IOException ex) {
			throw RetryableException.create(message(), ex);
		}
	}

	private String message() {
		return "Failed to read response into file: " + Printable.of(this.target);
	}

	@Override
	public String name() {
		return TransformerType.FILE.getName();
	}

	/**
	 * Writes the content of a file.
	 */
	@FunctionalInterface
	private interface Content {

		void writeTo(PartFile file) throws IOException;

	}

}
