package io.s3s3.internal.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * The content of a file. Unlike the SDK's, it can be read by several threads at once.
 * Thread-safe.
 */
public final class FileContent implements ContentStreamProvider {

	private final Path path;

	private FileContent(Path path) {
		this.path = path;
	}

	/**
	 * Create a body of the content of a file, with a content type according to its name.
	 * @param path the file
	 * @return the body
	 */
	public static RequestBody bodyOf(Path path) {
		RequestBody body = RequestBody.fromFile(path);
		return RequestBody.fromContentProvider(new FileContent(path), body.optionalContentLength().orElseThrow(),
				body.contentType());
	}

	@Override
	public InputStream newStream() {
		try {
			return Files.newInputStream(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not open " + this.path, ex);
		}
	}

	@Override
	public String name() {
		return ProviderType.FILE.getName();
	}

}
