package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An SVG of ours, read by a parser that knows nothing of us. */
final class SvgDocument {

    private final Element root;

    private SvgDocument(Element root) {
        this.root = root;
    }

    /**
     * The picture of {@code value}, which is to be well-formed, on an opaque light panel, and to have a title and a
     * description.
     */
    static SvgDocument of(Object value) throws IOException, ParserConfigurationException, SAXException {
        String svg = Rendered.of(value).as("image/svg+xml").orElseThrow();
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setErrorHandler(null);
        SvgDocument document = new SvgDocument(
                parser.parse(new InputSource(new StringReader(svg))).getDocumentElement());
        document.checkFrame();
        return document;
    }

    private void checkFrame() {
        assertEquals("svg", root.getTagName());
        assertEquals("http://www.w3.org/2000/svg", root.getAttribute("xmlns"));
        assertEquals("img", root.getAttribute("role"));
        assertEquals(1, root.getElementsByTagName("desc").getLength());
        Element panel = all("rect").stream()
                .filter(rect -> rect.getParentNode() == root)
                .findFirst()
                .orElseThrow();
        assertEquals(root.getAttribute("width"), panel.getAttribute("width"));
        assertEquals(root.getAttribute("height"), panel.getAttribute("height"));
        assertEquals(
                "#ffffff",
                panel.getAttribute("fill")
                        + panel.getAttribute("style").replace("fill:rgb(255,255,255);stroke:none;", "#ffffff"));
    }

    String title() {
        return all("title").get(0).getTextContent();
    }

    String description() {
        return all("desc").get(0).getTextContent();
    }

    List<Element> all(String tag) {
        NodeList found = root.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** Every text that is to be read in it, without the titles. */
    List<String> texts() {
        return all("text").stream()
                .map(text -> text.getLastChild().getTextContent())
                .toList();
    }

    double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    double width() {
        return number(root, "width");
    }

    double height() {
        return number(root, "height");
    }
}
