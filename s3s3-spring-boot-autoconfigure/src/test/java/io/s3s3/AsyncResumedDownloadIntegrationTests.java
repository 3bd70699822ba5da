package io.s3s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import io.s3s3.event.DownloadResumed;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.DownloadCutter.Cut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Downloads of the asynchronous client whose answer breaks.
 */
class AsyncResumedDownloadIntegrationTests extends AbstractAsyncResumedDownloadTests {

	@TempDir
	private Path folder;

	@ParameterizedTest(name = "{0}, {1} after {2} bytes")
	@MethodSource
	void goesOnAtTheOtherLocation(Form form, Cut cut, int after) throws IOException {
		this.primary.cut(cut, (length) -> after);

		assertThat(form.read(this.s3, this.folder.resolve("target"))).isEqualTo(CONTENT);

		assertThat(of(RequestFailedOver.class)).singleElement()
			.extracting(RequestFailedOver::getTo)
			.isEqualTo(LocationRole.SECONDARY);
		assertThat(of(RequestCompleted.class)).hasSize(1);
		if (after == 0) {
			assertThat(of(DownloadResumed.class)).isEmpty();
		}
		else if (cut != Cut.RESET) {
			// What was on its way when a connection is reset may be lost.
			assertThat(of(DownloadResumed.class)).singleElement()
				.extracting(DownloadResumed::getPosition)
				.isEqualTo((long) after);
			assertThat(this.secondary.bodyBytes()).isEqualTo(CONTENT.length - after);
		}
	}

	static Stream<Arguments> goesOnAtTheOtherLocation() {
		return Stream.of(Form.values())
			.flatMap((form) -> Stream.concat(Stream.of(Arguments.of(form, Cut.RESET, CONTENT.length / 2)),
					Stream.of(0, CONTENT.length / 2, CONTENT.length - 1)
						.map((after) -> Arguments.of(form, Cut.CLOSE, after))));
	}

	@Test
	void goesBackAndForthWhileBothLocationsBreakAgainAndAgain() throws IOException {
		this.primary.cut(Cut.CLOSE, (length) -> Math.min(length, 20_000));
		this.secondary.cut(Cut.CLOSE, (length) -> Math.min(length, 30_000));

		assertThat(Form.PUBLISHER.read(this.s3, this.folder)).isEqualTo(CONTENT);

		assertThat(of(DownloadResumed.class)).hasSize(11);
		assertThat(this.primary.bodyBytes() + this.secondary.bodyBytes()).isEqualTo(CONTENT.length);
		assertThat(of(RequestCompleted.class)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "BYTES", "FILE" })
	void startsOverWithTheOtherObjectWhatNobodyHasSeen(Form form) throws IOException {
		byte[] other = AbstractResumedDownloadTests.random(CONTENT.length + 1);
		AbstractResumedDownloadTests.put(west, other);
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);

		assertThat(form.read(this.s3, this.folder.resolve("target"))).isEqualTo(other);

		assertThat(of(DownloadResumed.class)).isEmpty();
		assertThat(of(RequestCompleted.class)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "STREAM", "PUBLISHER" })
	void neverMixesTwoObjects(Form form) {
		AbstractResumedDownloadTests.put(west, AbstractResumedDownloadTests.random(CONTENT.length + 1));
		this.primary.cut(Cut.CLOSE, (length) -> (length == CONTENT.length) ? 1000 : 0);

		assertThatThrownBy(() -> form.read(this.s3, this.folder)).isInstanceOf(Exception.class);
		assertThat(of(DownloadResumed.class)).isEmpty();
		assertThat(of(RequestCompleted.class)).hasSize(1);
	}

	/**
	 * How the caller takes the object.
	 */
	enum Form {

		BYTES {

			@Override
			byte[] read(FailoverS3AsyncClient s3, Path target) {
				return s3.getObject((r) -> r.key(KEY), AsyncResponseTransformer.toBytes()).join().asByteArray();
			}

		},

		FILE {

			@Override
			byte[] read(FailoverS3AsyncClient s3, Path target) throws IOException {
				s3.getObject((r) -> r.key(KEY), target).join();
				return Files.readAllBytes(target);
			}

		},

		STREAM {

			@Override
			byte[] read(FailoverS3AsyncClient s3, Path target) throws IOException {
				try (var stream = s3.getObject((r) -> r.key(KEY), AsyncResponseTransformer.toBlockingInputStream())
					.join()) {
					return stream.readAllBytes();
				}
			}

		},

		PUBLISHER {

			@Override
			byte[] read(FailoverS3AsyncClient s3, Path target) {
				ByteBuffer all = ByteBuffer.allocate(2 * CONTENT.length);
				s3.getObject((r) -> r.key(KEY), AsyncResponseTransformer.toPublisher())
					.thenCompose((publisher) -> publisher.subscribe((bytes) -> all.put(bytes)))
					.join();
				return Arrays.copyOf(all.array(), all.position());
			}

		};

		abstract byte[] read(FailoverS3AsyncClient s3, Path target) throws IOException;

	}

}
