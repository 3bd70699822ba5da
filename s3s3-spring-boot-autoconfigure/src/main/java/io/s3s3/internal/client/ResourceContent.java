package io.s3s3.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLConnection;

import io.s3s3.internal.io.StreamReads;
import io.s3s3.internal.text.Printable;
import io.s3s3.internal.upload.FileContent;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

import org.springframework.core.io.Resource;

/**
 * Supplies the content of a resource, from its beginning each time unless it can be read
 * only once.
 */
public final class ResourceContent implements ContentStreamProvider {

	private final Resource resource;

	private @Nullable InputStream opened;

	private ResourceContent(Resource resource) {
		this.resource = resource;
	}

	/**
	 * Return the body that sends the content of a resource.
	 * @param resource the resource
	 * @return the body
	 * @throws UncheckedIOException if the length of the resource cannot be read
	 */
	public static RequestBody bodyOf(Resource resource) {
		try {
			if (resource.isFile()) {
				return FileContent.bodyOf(resource.getFile().toPath());
			}
			ResourceContent content = new ResourceContent(resource);
			// Counting the bytes of a resource that can be read only once would consume
			// it.
			long length = resource.isOpen() ? -1 : resource.contentLength();
			return (length >= 0) ? RequestBody.fromContentProvider(content, length, contentTypeOf(resource))
					: RequestBody.fromContentProvider(content, contentTypeOf(resource));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read the length of " + Printable.of(resource.getDescription()),
					ex);
		}
	}

	private static String contentTypeOf(Resource resource) {
		String name = resource.getFilename();
		String type = (name != null) ? URLConnection.guessContentTypeFromName(name) : null;
		return (type != null) ? type : "application/octet-stream";
	}

	@Override
	public String name() {
		return (this.resource.isOpen() ? ProviderType.STREAM : ProviderType.FILE).getName();
	}

	@Override
	public InputStream newStream() {
		try {
			if (this.opened != null) {
				this.opened.close();
			}
			this.opened = StreamReads.steady(this.resource.getInputStream());
			return this.opened;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not open " + Printable.of(this.resource.getDescription()), ex);
		}
	}

}
