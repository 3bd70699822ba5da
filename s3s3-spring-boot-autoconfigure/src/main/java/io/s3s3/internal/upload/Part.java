package io.s3s3.internal.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

import io.s3s3.internal.io.ByteProgress;
import io.s3s3.internal.io.CarryingInputStream;
import io.s3s3.internal.io.MonitoredInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A part of an upload. Immutable; its content can be opened repeatedly.
 *
 * @param number its number, from 1
 * @param length how many bytes it has
 * @param last whether it is the last one
 * @param content opens it
 */
record Part(int number, long length, boolean last, Opener content) {

	/**
	 * Create the body of a request. The consumer receives an error that occurs while it
	 * is read.
	 */
	RequestBody body(@Nullable ByteProgress progress, Consumer<Throwable> onFailure, String contentType) {
		return RequestBody.fromContentProvider(new PartContent(progress, onFailure), this.length, contentType);
	}

	/**
	 * Opens the content of a part.
	 */
	@FunctionalInterface
	interface Opener {

		InputStream open() throws IOException;

	}

	/**
	 * The content of a part for the SDK, which leaves it to us to close the stream that
	 * it opened before.
	 */
	private final class PartContent implements ContentStreamProvider {

		private final @Nullable ByteProgress progress;

		private final Consumer<Throwable> onFailure;

		private @Nullable InputStream opened;

		PartContent(@Nullable ByteProgress progress, Consumer<Throwable> onFailure) {
			this.progress = progress;
			this.onFailure = onFailure;
		}

		@Override
		public InputStream newStream() {
			try {
				if (this.opened != null) {
					this.opened.close();
				}
				this.opened = new CarryingInputStream(new MonitoredInputStream(Part.this.content.open(),
						Part.this.length, this.progress, this.onFailure), this.onFailure);
				return this.opened;
			}
			catch (RuntimeException ex) {
				this.onFailure.accept(ex);
				throw ex;
			}
			catch (IOException ex) {
				this.onFailure.accept(ex);
				throw new UncheckedIOException("Could not open a part of the body", ex);
			}
		}

		@Override
		public String name() {
			return ProviderType.BYTES.getName();
		}

	}

}
